package io.heatwire.ops.http;

/** What a page answers. */
record Answer(int status, String contentType, String body) {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";

    static Answer text(int status, String line) {
        return new Answer(status, TEXT, line + "\n");
    }

    static Answer json(int status, String json) {
        return new Answer(status, JSON, json + "\n");
    }
}
