package io.heatwire.ops.mode;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.ask.Scrape;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.state.Repeatedly;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.Serves;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Whether a stage does in its new mode what that mode is for: what it says it runs, its metrics, what it writes. Compared with what
 * it had failed at before the change.
 */
final class Effect {

    private static final String ENFORCE_GAUGE = "p26_enforce_mode";
    private static final List<String> FAILURES =
            List.of("p26_hash_write_fail_total", "heatwire_entries_dead_total", "heatwire_stage_failures_total");
    private static final String UNSEEN = "none came in this time";

    private final ModedStage stage;
    private final String mode;
    private final DeadDesk desk;
    private final BrokerView view;
    private final EngineListeners listeners;
    private final Map<String, Long> failuresBefore;
    private long sinceMs;

    private Effect(ModedStage stage, String mode, DeadDesk desk) {
        this.stage = stage;
        this.mode = mode;
        this.desk = desk;
        this.view = new BrokerView(desk);
        this.listeners = stage.listeners();
        this.failuresBefore = failures(scrape());
        this.sinceMs = view.nowMs();
    }

    /** Looks at what there is before the change. */
    static Effect before(ModedStage stage, String mode, DeadDesk desk) {
        return new Effect(stage, mode, desk);
    }

    /**
     * Waits until everything is as it should be, and until an entry has come that proves it; or until the time is over. That no entry
     * came is said and is no fault: it is not the stage's.
     */
    List<Check> verify(RunState now, Duration atMost) throws Exception {
        sinceMs = view.nowMs();
        Callable<Optional<List<Check>>> look = () ->
                Optional.of(look(now)).filter(checks -> checks.stream().allMatch(Check::isGood) && isProven(checks));
        Optional<List<Check>> proven = Repeatedly.until(atMost, look);
        return proven.isPresent() ? proven.get() : look(now);
    }

    private static boolean isProven(List<Check> checks) {
        return checks.stream().noneMatch(check -> check.seen().equals(UNSEEN));
    }

    private List<Check> look(RunState now) {
        List<Check> checks = new ArrayList<>();
        String running = stage.running(now);
        checks.add(new Check("mode the engine runs", mode, running, running.equals(mode)));
        metrics(checks);
        Optional<StreamEntry> newest = newest();
        checks.add(newest.map(this::written).orElseGet(() -> Check.good("next entry written", "mode " + mode, UNSEEN)));
        if (stage.isPortfolioHeatGate()) {
            newest.ifPresent(entry -> checks.add(calibrated(entry)));
        }
        return checks;
    }

    private void metrics(List<Check> checks) {
        if (!listeners.serves(stage.name(), Serves.METRICS)) {
            return;
        }
        Optional<Scrape> scrape = scrape();
        if (scrape.isEmpty()) {
            checks.add(Check.bad("metrics", "an answer", "none"));
            return;
        }
        long up = scrape.get().sum("heatwire_stage_up", Map.of("stage", stage.name()));
        checks.add(new Check("heatwire_stage_up", "1", Long.toString(up), up == 1));
        if (stage.isPortfolioHeatGate()) {
            long expected = mode.equals(ModedStage.ENFORCE) ? 1 : 0;
            long seen = scrape.get().sum(ENFORCE_GAUGE);
            boolean isThere = scrape.get().has(ENFORCE_GAUGE);
            checks.add(new Check(
                    ENFORCE_GAUGE,
                    Long.toString(expected),
                    isThere ? Long.toString(seen) : "absent",
                    isThere && seen == expected));
        }
        failures(scrape).forEach((name, count) -> {
            long more = count - failuresBefore.getOrDefault(name, 0L);
            checks.add(new Check(name, "no more than before", "+" + more, more <= 0));
        });
    }

    private Optional<Scrape> scrape() {
        return listeners.metrics(stage.name()).said();
    }

    private Map<String, Long> failures(Optional<Scrape> scrape) {
        Map<String, Long> failures = new HashMap<>();
        scrape.ifPresent(samples -> FAILURES.stream().filter(samples::has).forEach(name -> {
            Map<String, String> labels = name.startsWith("heatwire_") ? Map.of("stage", stage.name()) : Map.of();
            failures.put(name, samples.sum(name, labels));
        }));
        return failures;
    }

    private Optional<StreamEntry> newest() {
        return stage.streamWithMode()
                .flatMap(stream -> view.newestFirst(stream, "+", new EntryId(sinceMs, 0), 1).stream()
                        .findFirst());
    }

    private Check written(StreamEntry entry) {
        String seen = entry.text(ModedStage.SETTING).orElse("none");
        return new Check("next entry written", "mode " + mode, "mode " + seen + ", " + entry.id(), seen.equals(mode));
    }

    /** Written together with the entry in one commit: it must be there when the entry is, or must not be of this proposal. */
    private Check calibrated(StreamEntry entry) {
        String symbol = entry.text("symbol").orElse("");
        String key = stage.plan().config().key("calibrated_hash").key("symbol", symbol);
        String type = view.type(key);
        String plan = type.equals("hash") ? field(key, "plan_id") : "";
        long ttlMs = type.equals("hash") ? view.expiresMs(key) - view.nowMs() : 0;
        boolean isOfEntry = plan.equals(entry.text("plan_id").orElse(""));
        String seen = type.equals("hash") ? "plan " + plan + ", TTL left " + ttlMs / 1_000 + " s" : type;
        return mode.equals(ModedStage.ENFORCE)
                ? new Check(key, "the calibrated hash, with a TTL", seen, type.equals("hash") && ttlMs > 0)
                : new Check(key, "not of this proposal", seen, !isOfEntry || !type.equals("hash"));
    }

    private String field(String key, String name) {
        return desk.await(desk.bytes("HGET", key, name))
                .filter(byte[].class::isInstance)
                .map(value -> new String((byte[]) value, StandardCharsets.UTF_8))
                .orElse("");
    }
}
