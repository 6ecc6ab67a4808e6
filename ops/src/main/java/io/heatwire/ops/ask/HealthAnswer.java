package io.heatwire.ops.ask;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A health, good or not. What it holds is as the engine wrote it: to be escaped before it is shown.
 *
 * @param address who gave it
 * @param isOfOneStage whether it speaks of no other stage, and so begins with the fields of the contract
 */
public record HealthAnswer(URI address, boolean isOfOneStage, Map<?, ?> fields) implements OfStages {

    /** One of its fields as text; empty when it has none of that name. */
    public String text(String name) {
        return text(fields, name);
    }

    /** The rows of a field that holds rows; none when it does not. */
    public List<Map<?, ?>> rows(String name) {
        return fields.get(name) instanceof List<?> rows
                ? rows.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(row -> (Map<?, ?>) row)
                        .toList()
                : List.of();
    }

    /** What it says of a stage; empty when it does not speak of it. */
    public Optional<Map<?, ?>> stage(String name) {
        return rows("stages").stream()
                .filter(each -> name.equals(each.get("stage")))
                .findFirst();
    }

    @Override
    public boolean speaksOf(String stage) {
        return stage(stage).isPresent();
    }

    /**
     * The state of one edge.
     *
     * @param isWell whether nobody has to do anything
     */
    public record EdgeRow(String from, String to, String state, boolean isWell, String why) {}

    /** The edges it speaks of. */
    public List<EdgeRow> edges() {
        return rows("edges").stream()
                .map(edge -> new EdgeRow(
                        text(edge, "from"),
                        text(edge, "to"),
                        text(edge, "state"),
                        text(edge, "well").equals("true"),
                        text(edge, "why")))
                .toList();
    }

    private static String text(Map<?, ?> row, String name) {
        Object value = row.get(name);
        return value == null ? "" : String.valueOf(value);
    }
}
