package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;

/**
 * One stage at one end of a wire.
 *
 * @param port the port of its operator; {@code in} for its input
 * @param target what the file binds to the port
 */
record WireEnd(StageWire stage, Use use, String port, Word target, Resource resource) {

    /** What a stage does there. */
    enum Use {
        /** Takes its events from it. */
        INPUT,
        /** Looks it up. */
        LOOK_UP,
        /** Writes it. */
        WRITE,
        /** Guards with it. */
        MARK,
        /** Deletes it. */
        DELETE
    }

    Place place() {
        return target.place();
    }

    String stageName() {
        return Shown.plain(stage.name().text());
    }

    boolean writes() {
        return use == Use.WRITE;
    }

    /** Whether it gets anything out of it. */
    boolean reads() {
        return use == Use.INPUT || use == Use.LOOK_UP;
    }

    /** What the stage does, for people: "stage heat_gate reads stream apply_plan". */
    String says() {
        String verb = switch (use) {
            case INPUT -> " reads ";
            case LOOK_UP -> " looks up ";
            case WRITE -> " writes ";
            case MARK -> " guards with ";
            case DELETE -> " deletes ";
        };
        return "stage " + stageName() + verb + resource.title();
    }

    Related related() {
        return new Related(place(), says() + " here");
    }
}
