package io.heatwire.operators.heatobserver;

import com.google.gson.JsonObject;
import io.heatwire.operators.world.OperatorWorld;
import java.util.List;
import java.util.Map;

/** A running observer that a case can be played to. */
public interface ObserverStage {

    /** Puts a hash in place, bytes as they are. */
    void hash(String key, JsonObject fields);

    /** Somebody else's command. */
    void command(List<String> words);

    /**
     * Lets the observer take these entries and, unless it is to wait for something, settle them.
     *
     * @param settings texts by environment name, or by setting name for settings without one
     */
    void observe(Map<String, String> settings, List<JsonObject> entries);

    /** What came of it all. */
    OperatorWorld world();

    /** One that waits, and whose clock stands still until it is told. */
    interface Late extends ObserverStage {

        /** Moves the clock to this many ms after the start. */
        void age(long ms);

        /** Waits until this many entries are settled; more may be. */
        void settles(int entries);
    }
}
