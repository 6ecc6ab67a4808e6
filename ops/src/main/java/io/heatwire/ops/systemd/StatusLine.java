package io.heatwire.ops.systemd;

import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The state of the service in one line, as {@code systemctl status} shows it. */
final class StatusLine {

    private static final int LONGEST = 300;

    private StatusLine() {}

    /**
     * The line.
     *
     * @param refusal why the last reload was refused; empty when none was
     */
    static String of(Health health, String refusal) {
        List<String> parts = new ArrayList<>();
        if (!health.ready()) {
            parts.add("not ready: " + missing(health));
        }
        parts.add(figures(health));
        if (!refusal.isEmpty()) {
            parts.add("reload refused: " + refusal);
        }
        return printable(String.join("; ", parts));
    }

    private static String missing(Health health) {
        Optional<StageHealth> stage = health.stages().stream()
                .filter(each -> each.state() != StageState.RUNNING)
                .findFirst();
        return stage.map(StatusLine::missing)
                .or(() -> health.flow().edges().stream()
                        .filter(EdgeHealth::isClosed)
                        .findFirst()
                        .map(edge -> edge.from() + " to " + edge.to() + " is "
                                + edge.state().word()))
                .orElse("nothing is known yet");
    }

    private static String missing(StageHealth stage) {
        String state = stage.stage() + " is " + stage.state().name().toLowerCase(Locale.ROOT);
        return stage.error().isEmpty() ? state : state + " (" + stage.error() + ")";
    }

    private static String figures(Health health) {
        long lag = health.stages().stream()
                .mapToLong(stage -> Math.max(0, stage.backlog()))
                .sum();
        long dead =
                health.flow().accounts().stream().mapToLong(StageAccount::dead).sum();
        return stages(health.stages().size()) + edges(health.flow().edges()) + ", lag " + lag + ", " + dead + " dead";
    }

    private static String stages(int count) {
        return count == 1 ? "1 stage" : count + " stages";
    }

    /** Best first, as the states are declared: 14 edges flowing, 1 idle. */
    private static String edges(List<EdgeHealth> edges) {
        Map<EdgeState, Long> counts =
                edges.stream().collect(Collectors.groupingBy(EdgeHealth::state, TreeMap::new, Collectors.counting()));
        String line = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().word())
                .collect(Collectors.joining(", "));
        return line.isEmpty() ? "" : ", " + line.replaceFirst(" ", edges.size() == 1 ? " edge " : " edges ");
    }

    /** A line break would end the assignment. */
    private static String printable(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
    }
}
