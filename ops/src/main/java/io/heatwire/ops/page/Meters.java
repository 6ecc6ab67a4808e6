package io.heatwire.ops.page;

import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.ops.graph.LiveStates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Reads what the page shows off the registry and the health. */
final class Meters {

    private static final String OBSERVED = "p28_observed_total";
    private static final String DEAD = "heatwire_entries_dead_total";
    private static final String LETTERS = "heatwire_dead_letters";
    private static final String OBS_POINT = "obs_point";
    private static final String STAGE = "stage";

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Dead letters that a stage wrote since the start for one reason. */
    record Dead(String stage, String reason, long count) {}

    static String read(String stage) {
        return "read " + stage;
    }

    static String committed(String stage) {
        return "committed " + stage;
    }

    static String dropped(String stage) {
        return "dropped " + stage;
    }

    static String entries(String edge) {
        return "entries " + edge;
    }

    static String observed(String obsPoint, boolean isFound) {
        return "observed " + (isFound ? "1 " : "0 ") + obsPoint;
    }

    /** How far everything has counted. */
    Totals totals(Health health, long nowMs) {
        Map<String, Double> totals = new HashMap<>();
        for (StageAccount account : health.flow().accounts()) {
            totals.put(read(account.stage()), (double) account.read());
            totals.put(committed(account.stage()), (double) account.committed());
            totals.put(dropped(account.stage()), (double) account.dropped());
        }
        for (EdgeHealth edge : health.flow().edges()) {
            totals.put(entries(LiveStates.ends(edge.from(), edge.to())), (double)
                    edge.load().entries());
        }
        counters(OBSERVED)
                .forEach(counter -> totals.merge(
                        observed(
                                tag(counter, OBS_POINT),
                                tag(counter, "heat_found").equals("1")),
                        counter.count(),
                        Double::sum));
        return new Totals(nowMs, Map.copyOf(totals));
    }

    /** The points of observation there are. */
    Set<String> obsPoints() {
        Set<String> points = new TreeSet<>();
        counters(OBSERVED).forEach(counter -> points.add(tag(counter, OBS_POINT)));
        return points;
    }

    /** Why stages gave up entries, the most frequent first. */
    List<Dead> dead() {
        List<Dead> dead = new ArrayList<>();
        counters(DEAD).stream()
                .filter(counter -> counter.count() > 0)
                .forEach(counter ->
                        dead.add(new Dead(tag(counter, STAGE), tag(counter, "reason"), Math.round(counter.count()))));
        dead.sort(Comparator.comparingLong(Dead::count)
                .reversed()
                .thenComparing(Dead::stage)
                .thenComparing(Dead::reason));
        return dead;
    }

    /** How many dead letters of this stage there are. */
    long letters(String stage) {
        Gauge gauge = registry.find(LETTERS).tag(STAGE, stage).gauge();
        return gauge == null ? 0 : Math.round(gauge.value());
    }

    private List<Counter> counters(String name) {
        return List.copyOf(registry.find(name).counters());
    }

    private static String tag(Counter counter, String name) {
        return Objects.requireNonNullElse(counter.getId().getTag(name), "");
    }
}
