package io.heatwire.ops.tune;

import io.heatwire.ops.ask.Scrape;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The late observers of a wiring, what two scrapes say of them, and where their settings are written. */
public final class Tuner {

    private static final String LATE_OBSERVER = "late_observer";
    private static final String REASONS = "p28_heat_reason_total";
    private static final String LAG = "heatwire_lag_entries";

    private final WiringResult.Ready ready;

    /** A tuner of this wiring. */
    public Tuner(WiringResult.Ready ready) {
        this.ready = ready;
    }

    /** Its late observers that are switched on. */
    public List<StageWire> observers() {
        return ready.graph().stagesOn().stream()
                .filter(stage -> stage.spec().name().equals(LATE_OBSERVER))
                .toList();
    }

    /** All stages that are switched on: whether one is behind says whether another waits in vain. */
    public List<String> stages() {
        return ready.graph().stagesOn().stream()
                .map(stage -> stage.name().text())
                .toList();
    }

    /**
     * What a stage did between two scrapes.
     *
     * @param first null for everything since the start
     * @param seconds between the two
     */
    public LateFigures figures(StageWire stage, @Nullable Scrape first, Scrape second, double seconds) {
        Map<String, Object> settings = stage.settings().values();
        String name = stage.name().text();
        String point = String.valueOf(settings.get("obs_point"));
        return new LateFigures(
                first == null ? 0 : seconds,
                more(first, second, "heatwire_entries_dropped_total", Map.of("stage", name)),
                more(first, second, "p28_observed_total", Map.of("obs_point", point)),
                more(first, second, REASONS, Map.of("obs_point", point, "reason", "timeout")),
                more(first, second, REASONS, Map.of("obs_point", point, "reason", "redis_error")),
                second.sum("heatwire_in_flight", Map.of("stage", name)),
                writers(stage).stream()
                        .mapToLong(writer -> Math.max(0, second.sum(LAG, Map.of("stage", writer))))
                        .sum(),
                number(settings, "max_inflight"),
                number(settings, "max_workers"),
                number(settings, "max_wait_ms"));
    }

    private static long number(Map<String, Object> settings, String name) {
        return settings.get(name) instanceof Long number ? number : 0;
    }

    /** A counter that is smaller than before has begun anew. */
    private static long more(@Nullable Scrape first, Scrape second, String name, Map<String, String> labels) {
        long now = second.sum(name, labels);
        long before = first == null ? 0 : first.sum(name, labels);
        return now < before ? now : now - before;
    }

    /** The stages that write the key this one waits for. */
    private List<String> writers(StageWire observer) {
        Optional<String> key = observer.keys().stream()
                .filter(binding -> binding.name().text().equals("by_plan"))
                .map(binding -> binding.target().text())
                .findFirst();
        Graph graph = ready.graph();
        return graph.stagesOn().stream()
                .filter(stage -> stage.keys().stream()
                        .anyMatch(binding ->
                                key.filter(binding.target().text()::equals).isPresent()
                                        && stage.spec().outputs().stream()
                                                .anyMatch(output -> output.port()
                                                        .equals(binding.name().text()))))
                .map(stage -> stage.name().text())
                .toList();
    }

    /** The stages whose lag grew between two scrapes, each with both figures, for people. */
    public List<String> fallingBehind(Scrape first, Scrape second) {
        return ready.graph().stagesOn().stream()
                .map(stage -> stage.name().text())
                .filter(name -> lag(second, name) > lag(first, name))
                .map(name -> name + ": its lag grew from " + lag(first, name) + " to " + lag(second, name)
                        + " entries meanwhile; heatwire status says whether its commit waits")
                .toList();
    }

    private static long lag(Scrape scrape, String stage) {
        return Math.max(0, scrape.sum(LAG, Map.of("stage", stage)));
    }

    /** Where a setting is written, and the variable it comes from, for people. */
    public String where(StageWire stage, String setting) {
        int line = stage.settings().placeOf(setting).line();
        String place = ready.source().name() + ":" + line;
        boolean isWritten = stage.settings().places().containsKey(setting);
        String text = ready.source().lines().get(line - 1);
        int open = isWritten ? text.indexOf("${") : -1;
        int end = open < 0 ? -1 : endOfName(text, open + 2);
        String variable = open < 0
                ? ""
                : ", or " + text.substring(open + 2, end)
                        + " in the environment of the engine, which it reads at its start";
        return place
                + (isWritten ? "" : " (settings of " + stage.name().text() + ", where it is not written yet)")
                + variable;
    }

    private static int endOfName(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return at;
    }
}
