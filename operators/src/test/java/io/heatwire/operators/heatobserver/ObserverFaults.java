package io.heatwire.operators.heatobserver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Which commands of the reference a case lets fail: the nth of a kind, or all. */
record ObserverFaults(JsonObject given) {

    boolean any() {
        return given.has("faults");
    }

    boolean hits(String kind, int nth) {
        JsonElement faults = any() ? given.getAsJsonObject("faults").get(kind) : null;
        if (faults == null) {
            return false;
        }
        return faults.isJsonArray()
                ? faults.getAsJsonArray().asList().stream().anyMatch(one -> one.getAsInt() == nth)
                : faults.getAsString().equals("all");
    }

    String error() {
        return given.has("injected_error") ? given.get("injected_error").getAsString() : "injected";
    }
}
