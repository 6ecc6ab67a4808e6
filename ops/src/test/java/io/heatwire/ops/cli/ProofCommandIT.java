package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs of the shipped wiring, beside an engine that runs it well, and beside ones that do not. */
@SuppressWarnings("try") // an engine that only runs is not referred to
final class ProofCommandIT {

    private static final Path WIRING = Path.of("../ops/etc/heatwire.yaml");
    private static final String LATEST = "quantum:harvest:heat:latest:HEATWIREPROOF";
    private static final List<String> STREAMS = List.of(
            "quantum:stream:apply.plan",
            "quantum:stream:harvest.heat.decision",
            "quantum:stream:apply.heat.observed",
            "quantum:stream:harvest.proposal",
            "quantum:stream:harvest.calibrated",
            "quantum:stream:reconcile.close");

    private static CommandBench bench;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startRedis() {
        bench = new CommandBench();
    }

    @AfterAll
    static void stopRedis() {
        bench.close();
    }

    @BeforeEach
    void empty() throws IOException {
        bench.reset();
        EngineOnTheBench.choosePorts(bench);
        bench.environment.put("P28_LATE_OBS_MAX_WAIT_MS", "500");
        bench.environment.put("P28_LATE_OBS_MAX_INFLIGHT", "20");
    }

    @AfterEach
    void nobodySawAStackTrace() {
        assertThat(bench.out.toString() + bench.err).doesNotContain("\tat ", "Exception");
    }

    private static int prove(String... options) {
        List<String> args = new ArrayList<>(List.of("proof"));
        args.addAll(List.of(options));
        return bench.run(WIRING, args.toArray(new String[0]));
    }

    private static EngineOnTheBench engine(Map<String, String> variables, String... options) throws Exception {
        return new EngineOnTheBench(bench, WIRING, variables, options);
    }

    private static void nothingIsLeft() {
        STREAMS.forEach(stream -> {
            assertThat(bench.command("XLEN", stream)).as(stream).isEqualTo(0L);
            if (bench.command("EXISTS", stream).equals(1L)) {
                ((List<?>) bench.command("XINFO", "GROUPS", stream))
                        .forEach(group -> assertThat(group.toString()).contains("pending, 0", "lag, 0"));
            }
        });
        assertThat((List<?>) bench.command("KEYS", "*[Pp][Rr][Oo][Oo][Ff]*"))
                .allSatisfy(key -> assertThat(key.toString()).endsWith(":removed_by_proof"));
    }

    @Test
    void provesEveryStageOfARunningEngineAndLeavesNothingBehind() throws Exception {
        STREAMS.forEach(stream -> assertThat(bench.command("EXISTS", stream)).isEqualTo(0L));
        try (EngineOnTheBench engine = engine(Map.of())) {
            int code = prove("--saturate");
            assertThat(bench.out.toString())
                    .doesNotContain("FAIL", "LEFT OUT", "left behind")
                    .contains(
                            "PASS      heat_bridge  A injection: by_plan holds the decision: expected a hash of 13 fields",
                            "PASS      heat_bridge  A injection: TTL of by_plan: expected 1800 s (ttl_plan_sec)",
                            "PASS      heat_bridge  B dedupe: p27_dedupe_skips_total grew: expected at least 1",
                            "PASS      heat_bridge  C latest update: latest_plan_id: expected heatwire-proof-",
                            "PASS      heat_bridge  D metrics: every meter of heat_bridge is served",
                            "PASS      heat_bridge  E health: /health: expected status ok, state running, last_ts_epoch present",
                            "PASS      publish_plan_post  timeout: a plan without a decision, after max_wait_ms 500:"
                                    + " expected heat_found=0 heat_reason=timeout; seen heat_found=0 heat_reason=timeout",
                            "PASS      publish_plan_post  drop under saturation: p28_late_obs_dropped_total grew",
                            "PASS      reconcile_close_consume  missing: a plan without a decision: expected heat_found=0",
                            "PASS      heat_gate  decision: out_action of a full close at the heat there is (unknown)",
                            "PASS      portfolio_heat_gate  shadow: what stands under calibrated_hash: expected none",
                            "PASS      apply_planner  turns: the last turn",
                            "cleaned up: ")
                    .containsPattern("\n(\\d+) of \\1 passed\n$");
            assertThat(code).isZero();
            nothingIsLeft();
            await().during(Duration.ofMillis(2500))
                    .atMost(CommandBench.PATIENCE)
                    .until(() ->
                            engine.metric("heatwire_unaccounted_entries") + engine.metric("heatwire_entries_lost_total")
                                    == 0);
            assertThat(engine.metric("heatwire_entries_dead_total")).isZero();

            bench.clear();
            assertThat(bench.run(WIRING, "verify")).as(bench.out.toString()).isZero();
            assertThat(bench.out.toString())
                    .contains("that proofs have taken out again", "stream and metrics agree")
                    .containsPattern("publish_plan_post +timeout +\\d");

            bench.clear();
            bench.add(
                    "quantum:stream:apply.heat.observed",
                    "plan_id",
                    "x",
                    "obs_point",
                    "publish_plan_post",
                    "heat_found",
                    "1",
                    "heat_reason",
                    "ok");
            assertThat(bench.run(WIRING, "verify")).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains("! the stream has 1 more: another process writes it too", "DISAGREE");
            bench.clear();
            bench.command("DEL", "quantum:stream:apply.heat.observed:removed_by_proof");
            assertThat(bench.run(WIRING, "verify")).isEqualTo(1);
            assertThat(bench.out.toString()).contains("! the counters say ");
        }
    }

    @Test
    void verifyKnowsWhatWasTrimmedAndARestartAndFindsWhatWasDeleted() throws Exception {
        String observed = "quantum:stream:apply.heat.observed";
        try (EngineOnTheBench engine = engine(Map.of(), "--only", "reconcile_close_consume")) {
            for (String plan : List.of("a", "b", "c")) {
                bench.add("quantum:stream:reconcile.close", "plan_id", plan, "symbol", "BTCUSDT");
            }
            await().atMost(CommandBench.PATIENCE).until(() -> engine.metric("p28_observed_total") == 3);
            assertThat(verifyReconcile()).as(bench.out + bench.err.toString()).isZero();
            assertThat(bench.out.toString())
                    .containsPattern("reconcile_close_consume +0 +3 +3\n")
                    .containsPattern("reconcile_close_consume +missing +3 +3\n")
                    .containsPattern("reconcile_close_consume +0\\.0 % \\(0 of 3\\)")
                    .containsPattern("heat_reconcile +quantum:stream:reconcile.close +0 +0\n")
                    .endsWith("stream and metrics agree\n");
            bench.clear();
            assertThat(bench.run(WIRING, "verify")).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains("! not compared: publish_plan_post of stage publish_plan_post: ", "does not run it")
                    .contains("there is no such group", "DISAGREE, or could not be compared");

            bench.command("XTRIM", observed, "MAXLEN", "2");
            bench.clear();
            assertThat(verifyReconcile()).as(bench.out + bench.err.toString()).isZero();
            assertThat(bench.out.toString())
                    .contains(
                            "the stream was trimmed",
                            "agree as far as the stream reaches back; 2 rows could not be compared");

            List<?> newest = (List<?>) bench.command("XREVRANGE", observed, "+", "-", "COUNT", "1");
            bench.command("XDEL", observed, String.valueOf(((List<?>) newest.get(0)).get(0)));
            bench.clear();
            assertThat(verifyReconcile()).isEqualTo(1);
            assertThat(bench.out.toString()).contains("! the counters say 2 more: entries were deleted", "DISAGREE");
        }
        try (EngineOnTheBench again = engine(Map.of(), "--only", "reconcile_close_consume")) {
            bench.clear();
            assertThat(verifyReconcile()).as(bench.out + bench.err.toString()).isZero();
            assertThat(bench.out.toString()).containsPattern("reconcile_close_consume +0 +0 +0\n");
        }
    }

    private static int verifyReconcile() {
        return bench.run(WIRING, "verify", "--stage", "reconcile_close_consume");
    }

    @Test
    void aStageThatDoesNotRunFailsAndIsGivenNothing() throws Exception {
        try (EngineOnTheBench engine = engine(Map.of(), "--only", "heat_gate,publish_plan_post")) {
            assertThat(prove("--stage", "heat_bridge", "--wait", "1")).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains(
                            "FAIL      heat_bridge  stage: the engine runs it: expected running; seen no answer from 127.0.0.1:",
                            "does not run it")
                    .contains("FAIL      heat_bridge  E health: ");
            assertThat(bench.command("EXISTS", "quantum:stream:harvest.heat.decision:dead:heat_bridge"))
                    .isEqualTo(0L);
            assertThat(bench.command("XLEN", "quantum:stream:harvest.heat.decision"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void wrongLivesOfKeysAndMarkersFail() throws Exception {
        try (EngineOnTheBench engine = engine(Map.of("P27_TTL_PLAN_SEC", "900", "P27_DEDUPE_TTL_SEC", "60"))) {
            assertThat(prove("--stage", "heat_bridge")).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains("FAIL      heat_bridge  A injection: TTL of by_plan: expected 1800 s (ttl_plan_sec)")
                    .contains("FAIL      heat_bridge  A injection: TTL of the marker of the guard: expected 120 s")
                    .contains("PASS      heat_bridge  A injection: TTL of latest");
            nothingIsLeft();
        }
    }

    @Test
    void aKeyOfAnotherTypeFailsWithItsDeadLetterAndAForeignGroupKeepsTheProofAway() throws Exception {
        try (EngineOnTheBench engine = engine(Map.of())) {
            bench.command("SET", LATEST, "in the way");
            assertThat(prove("--stage", "heat_bridge")).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains("FAIL      heat_bridge  A injection: by_plan holds the decision")
                    .contains("dead letter, reason wrong_type:" + LATEST)
                    .contains("LEFT OUT  heat_bridge  A injection: B dedupe, C latest update");
            nothingIsLeft();
            assertThat(bench.command("XLEN", "quantum:stream:harvest.heat.decision:dead:heat_bridge"))
                    .isEqualTo(0L);

            bench.clear();
            bench.command("XGROUP", "CREATE", "quantum:stream:apply.plan", "governor", "$");
            assertThat(prove("--stage", "heat_gate")).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains("FAIL      heat_gate  stage: nobody else is given its entries: expected no other groups;"
                            + " seen governor of quantum:stream:apply.plan; nothing was injected");
            assertThat(bench.command("XLEN", "quantum:stream:apply.plan")).isEqualTo(0L);

            bench.clear();
            assertThat(prove("--stage", "heat_gate", "--to-all-groups", "--wait", "2"))
                    .isZero();
            assertThat(bench.out.toString())
                    .contains("left behind: entry ", "of quantum:stream:apply.plan, group governor has not read it");
            assertThat(bench.command("XLEN", "quantum:stream:apply.plan")).isEqualTo(1L);
        }
    }

    @Test
    void aGuardThatGuardsNothingFails() throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        try (EngineOnTheBench engine = engine(Map.of())) {
            CompletableFuture<Void> thief = CompletableFuture.runAsync(() -> steal(isOver));
            try {
                assertThat(prove("--stage", "heat_bridge", "--wait", "2"))
                        .as(bench.err.toString())
                        .isEqualTo(1);
            } finally {
                isOver.set(true);
                thief.join();
            }
            assertThat(bench.out.toString())
                    .contains(
                            "FAIL      heat_bridge  B dedupe: by_plan keeps what came first (out_action):"
                                    + " expected FULL_CLOSE_PROPOSED; seen PARTIAL_25_PROPOSED",
                            "FAIL      heat_bridge  B dedupe: p27_dedupe_skips_total grew: expected at least 1; seen 0");
            nothingIsLeft();
        }
    }

    /** Takes every marker of the bridge away as soon as it stands. */
    private static void steal(AtomicBoolean isOver) {
        while (!isOver.get()) {
            bench.command(
                    "EVAL",
                    "for _, k in ipairs(redis.call('KEYS', 'quantum:dedupe:p27:*')) do redis.call('DEL', k) end",
                    "0");
        }
    }

    @Test
    void observersThatAreSwitchedOffInTheEngineFail() throws Exception {
        try (EngineOnTheBench engine =
                engine(Map.of("P28_HEAT_OBS_ENABLED", "false", "P28_LATE_OBS_ENABLED", "false"))) {
            assertThat(prove("--stage", "reconcile_close_consume,publish_plan_post", "--wait", "1"))
                    .isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains("FAIL      reconcile_close_consume  found: a plan with a decision:"
                            + " expected heat_found=1 heat_reason=ok; seen no event: entry ")
                    .contains("FAIL      publish_plan_post  found: ");
            nothingIsLeft();
        }
    }

    @Test
    void ctrlCEndsItAndCleansUpWhatMayBeCleanedUp() throws Exception {
        bench.environment.put("P28_LATE_OBS_MAX_WAIT_MS", "20000");
        try (EngineOnTheBench engine = engine(Map.of(), "--only", "publish_plan_post")) {
            CompletableFuture<Integer> proof =
                    CompletableFuture.supplyAsync(() -> prove("--stage", "publish_plan_post"));
            await().atMost(CommandBench.PATIENCE)
                    .until(() -> bench.out.toString().contains("events about it"));
            await().atMost(CommandBench.PATIENCE)
                    .until(() -> ((List<?>) bench.command("KEYS", "quantum:dedupe:p27:heatwire-proof-*")).size() == 1);
            bench.stop();
            assertThat(proof.join()).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains("stopped by request", "cleaned up: ", "stopped before the end")
                    .contains("left behind: entry ");
        }
    }

    @Test
    void withoutAnEngineNothingIsInjected() {
        assertThat(prove()).isEqualTo(69);
        assertThat(bench.err.toString()).contains("heatwire: no engine answers at 127.0.0.1:");
        assertThat(bench.command("DBSIZE")).isEqualTo(0L);
        assertThat(prove("--stage", "heat_brige")).isEqualTo(64);
        assertThat(bench.err.toString())
                .contains("no stage 'heat_brige' is switched on")
                .contains("write heat_bridge");
        assertThat(bench.run(WIRING, "verify")).isEqualTo(69);
    }

    @Test
    void aStageOfAnyOperatorIsProvedByWhatItIsGiven() throws Exception {
        Path wiring = Files.writeString(directory.resolve("wiring.yaml"), """
                heatwire: 1
                redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD:-}" }
                streams:
                  readings: { key: readings, external: sensors, pace_s: none, fields: [id, seq, fahrenheit] }
                  first: { key: first, cap: 1000 }
                  good: { key: good, keep: 1000, terminal: true }
                lookups:
                  seen: { key: "seen:{sensor}:{seq}", type: marker }
                stages:
                  once:
                    operator: dedupe
                    in: readings
                    out: { out: first }
                    keys: { seen: seen }
                    settings: { key: { sensor: event.id, seq: event.seq }, window_s: 600 }
                  plausible:
                    operator: filter
                    in: first
                    out: { out: good }
                    settings: { where: double(event.fahrenheit) > -100.0 }
                http:
                  - { host: 127.0.0.1, port: "${HEATWIRE_HTTP_PORT}", serve: [metrics, health, ready] }
                """);
        try (EngineOnTheBench engine = new EngineOnTheBench(bench, wiring, Map.of())) {
            assertThat(bench.run(wiring, "proof", "--event", "fahrenheit=70"))
                    .as(bench.out + bench.err.toString())
                    .isZero();
            assertThat(bench.out.toString())
                    .contains(
                            "PASS      once  settled: an entry is settled",
                            "PASS      once  dedupe: heatwire_entries_duplicate_total{stage=once} grew",
                            "PASS      plausible  pending: entries of the proof that are pending: expected 0");
            for (String stream : List.of("readings", "first", "good")) {
                assertThat(bench.command("XLEN", stream)).as(stream).isEqualTo(0L);
            }
            bench.clear();
            assertThat(bench.run(wiring, "proof", "--stage", "plausible")).isEqualTo(1);
            assertThat(bench.out.toString())
                    .contains(
                            "FAIL      plausible  settled: an entry is settled: expected settled, no dead letter;"
                                    + " seen dead letter, reason ",
                            "say with --event FIELD=VALUE");
            assertThat(bench.command("XLEN", "first:dead:plausible")).isEqualTo(0L);
        }
    }
}
