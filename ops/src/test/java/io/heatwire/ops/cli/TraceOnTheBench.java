package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.Engine;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** heatwire trace beside an engine with the shipped wiring. */
abstract class TraceOnTheBench {

    static final Path SHIPPED = Path.of("etc/heatwire.yaml");
    static final String PLANS = "quantum:stream:apply.plan";
    static final String DECISIONS = "quantum:stream:harvest.heat.decision";
    static final String OBSERVED = "quantum:stream:apply.heat.observed";
    static final String BY_PLAN = "quantum:harvest:heat:by_plan:";
    static CommandBench bench;

    @TempDir
    Path directory;

    Engine engine;

    @BeforeAll
    static void start() {
        bench = new CommandBench();
    }

    @AfterAll
    static void end() {
        bench.close();
    }

    @BeforeEach
    void reset() {
        bench.reset();
        bench.environment
                .keySet()
                .removeAll(Set.of("P27_TTL_PLAN_SEC", "P27_DEDUPE_TTL_SEC", "P28_LATE_OBS_MAX_WAIT_MS"));
        bench.environment.put("APPLY_POLL_SEC", "600");
    }

    @AfterEach
    void stopEngine() {
        assertThat(bench.out + bench.err.toString()).doesNotContain("\tat ", "Exception");
        drain();
    }

    void drain() {
        if (engine != null) {
            engine.drain().block(CommandBench.PATIENCE);
            engine = null;
        }
    }

    void startEngine(String... only) {
        startEngine(SHIPPED, only);
    }

    void startEngine(Path wiring, String... only) {
        WiringResult.Ready ready =
                (WiringResult.Ready) Wiring.load(wiring, bench.environment, OperatorCatalog.all(), Set.of(only));
        engine = Engine.of(ready.plan().engine(), new SimpleMeterRegistry());
        engine.start().block(CommandBench.PATIENCE);
    }

    static void hash(String key, String... pairs) {
        List<String> args = new ArrayList<>(List.of(key));
        args.addAll(List.of(pairs));
        bench.command("HSET", args.toArray(new String[0]));
    }

    /** What the planner makes a plan of. */
    static void proposal() {
        String nowS = Long.toString(System.currentTimeMillis() / 1000);
        hash(
                "quantum:harvest:proposal:BTCUSDT",
                "harvest_action",
                "FULL_CLOSE_PROPOSED",
                "kill_score",
                "0.5",
                "k_regime_flip",
                "0.1",
                "k_sigma_spike",
                "0.1",
                "k_ts_drop",
                "0.1",
                "k_age_penalty",
                "0.1",
                "new_sl_proposed",
                "None",
                "R_net",
                "-0.5",
                "last_update_epoch",
                nowS,
                "computed_at_utc",
                "2026-01-28T22:09:50");
        hash("quantum:portfolio:state", "ts_epoch", nowS, "gross_exposure_usd", "145.0", "net_exposure_usd", "145.0");
    }

    static void length(String stream, long least) {
        await().atMost(CommandBench.PATIENCE).until(() -> (Long) bench.command("XLEN", stream) >= least);
    }

    static String planId() {
        length(PLANS, 1);
        List<?> entry = (List<?>) ((List<?>) bench.command("XRANGE", PLANS, "-", "+", "COUNT", "1")).get(0);
        List<?> fields = (List<?>) entry.get(1);
        return String.valueOf(fields.get(fields.indexOf("plan_id") + 1));
    }

    int trace(String... args) {
        List<String> all = new ArrayList<>(List.of("trace"));
        all.addAll(List.of(args));
        bench.clear();
        return bench.run(SHIPPED, all.toArray(new String[0]));
    }

    String lastLine() {
        return bench.out.toString().lines().reduce((first, second) -> second).orElse("");
    }
}
