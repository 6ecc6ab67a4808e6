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
public record WireEnd(StageWire stage, Use use, String port, Word target, Resource resource) {

    /** What a stage does there. */
    public enum Use {
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

    /** Where the file binds it. */
    public Place place() {
        return target.place();
    }

    /** The stage, for people. */
    public String stageName() {
        return Shown.plain(stage.name().text());
    }

    /** Whether it writes it. */
    public boolean writes() {
        return use == Use.WRITE;
    }

    /** Whether it gets anything out of it. */
    public boolean reads() {
        return use == Use.INPUT || use == Use.LOOK_UP;
    }

    /** What the stage does, for people: "stage heat_gate reads stream apply_plan". */
    public String says() {
        String verb = switch (use) {
            case INPUT -> " reads ";
            case LOOK_UP -> " looks up ";
            case WRITE -> " writes ";
            case MARK -> " guards with ";
            case DELETE -> " deletes ";
        };
        return "stage " + stageName() + verb + resource.title();
    }

    /** This end, as the other end of a finding. */
    public Related related() {
        return new Related(place(), says() + " here");
    }
}
