package io.heatwire.engine.stage;

/** What a stage asks of Redis while it works, the call that holds up the others first. */
enum Call {
    OPEN("opening"),
    COMMIT("commit"),
    LOOK_UP("look-up"),
    READ("read");

    private final String word;

    Call(String word) {
        this.word = word;
    }

    /** For people. */
    String word() {
        return word;
    }
}
