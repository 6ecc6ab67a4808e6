package io.heatwire.wiring.live;

import io.heatwire.wiring.problem.Problem;
import java.util.List;

/**
 * What a look at the running system found.
 *
 * @param findings everything, in the order of the parts
 * @param refusing those of them that refuse a start
 * @param parts one line for each part, in order
 */
public record LiveReport(List<Problem> findings, List<Problem> refusing, List<Part> parts) {

    /**
     * One part.
     *
     * @param level ok, warning, error, or unknown when it could not be looked at in full
     * @param says what was looked at, for people
     */
    public record Part(String name, String level, String says) {}

    /** The parts as text, one line each. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(String.format("%-8s %-9s %s%n", part.level(), part.name(), part.says())));
        return text.toString();
    }
}
