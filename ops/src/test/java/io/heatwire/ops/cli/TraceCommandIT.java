package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.engine.Engine;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** heatwire trace on the shipped wiring: a good plan, and the ways in which one can break off. */
final class TraceCommandIT {

    private static final Path SHIPPED = Path.of("etc/heatwire.yaml");
    private static final String PLANS = "quantum:stream:apply.plan";
    private static final String DECISIONS = "quantum:stream:harvest.heat.decision";
    private static final String OBSERVED = "quantum:stream:apply.heat.observed";
    private static final String BY_PLAN = "quantum:harvest:heat:by_plan:";

    /** One stage of each kind that may drop, and at the end one that may not. */
    private static final String DROPPING = """
            heatwire: 1
            redis:
              host: ${REDIS_HOST}
              port: ${REDIS_PORT}
              password: ${REDIS_PASSWORD}
            streams:
              readings: { key: readings, external: sensors, pace_s: none, fields: [id, sensor, celsius] }
              first: { key: first, cap: 1000, keep_read: 100 }
              good: { key: good, cap: 1000, keep_read: 100 }
              in_room: { key: in_room, cap: 1000, keep_read: 100 }
              hot: { key: hot, cap: 1000, keep_read: 100 }
              named: { key: named, cap: 1000, terminal: true }
            lookups:
              seen: { key: "seen:{sensor}", type: marker }
              room: { key: "room:{sensor}", type: hash, external: installers, fields: [room] }
            stages:
              once:
                operator: dedupe
                in: readings
                out: { out: first }
                keys: { seen: seen }
                settings: { key: { sensor: event.sensor }, window_s: 600 }
              plausible:
                operator: filter
                in: first
                out: { out: good }
                settings: { where: "double(event.celsius) < 100.0" }
              placed:
                operator: lookup_join
                in: good
                out: { out: in_room }
                keys: { from: room }
                settings: { key: { sensor: event.sensor }, fields: room, on_missing: drop }
              sorter:
                operator: route
                in: in_room
                out: { hot: hot }
                settings: { rules: { hot: "double(event.celsius) > 50.0" } }
              renamed:
                operator: map
                in: hot
                out: { out: named }
                settings: { rename: { celsius: degrees } }
            """;

    private static CommandBench bench;

    @TempDir
    private Path directory;

    private Engine engine;

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

    private void drain() {
        if (engine != null) {
            engine.drain().block(CommandBench.PATIENCE);
            engine = null;
        }
    }

    private void startEngine(String... only) {
        startEngine(SHIPPED, only);
    }

    private void startEngine(Path wiring, String... only) {
        WiringResult.Ready ready =
                (WiringResult.Ready) Wiring.load(wiring, bench.environment, OperatorCatalog.all(), Set.of(only));
        engine = Engine.of(ready.plan().engine(), new SimpleMeterRegistry());
        engine.start().block(CommandBench.PATIENCE);
    }

    private static void hash(String key, String... pairs) {
        List<String> args = new ArrayList<>(List.of(key));
        args.addAll(List.of(pairs));
        bench.command("HSET", args.toArray(new String[0]));
    }

    /** What the planner makes a plan of. */
    private static void proposal() {
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

    private static void length(String stream, long least) {
        await().atMost(CommandBench.PATIENCE).until(() -> (Long) bench.command("XLEN", stream) >= least);
    }

    private static String planId() {
        length(PLANS, 1);
        List<?> entry = (List<?>) ((List<?>) bench.command("XRANGE", PLANS, "-", "+", "COUNT", "1")).get(0);
        List<?> fields = (List<?>) entry.get(1);
        return String.valueOf(fields.get(fields.indexOf("plan_id") + 1));
    }

    private int trace(String... args) {
        List<String> all = new ArrayList<>(List.of("trace"));
        all.addAll(List.of(args));
        bench.clear();
        return bench.run(SHIPPED, all.toArray(new String[0]));
    }

    private String lastLine() {
        return bench.out.toString().lines().reduce((first, second) -> second).orElse("");
    }

    @Test
    void tellsTheWholeStoryOfAGoodPlan() {
        proposal();
        startEngine();
        String plan = planId();
        length(OBSERVED, 2);

        assertThat(trace(plan)).as(bench.out.toString()).isZero();
        assertThat(bench.out.toString())
                .containsSubsequence(
                        "created  apply_planner",
                        "early look-up missed  heat_observed",
                        "published (decision=",
                        "decision (",
                        "key written (TTL left 1",
                        "late observation found at +")
                .containsPattern("\\+\\d+ ms +decision ")
                .contains("marker set (TTL left ", "heat_bridge at heat_decision", ": read and settled");
        assertThat(lastLine()).startsWith("complete: every stage");

        assertThat(trace(plan, "--format", "json")).isZero();
        JsonObject json = JsonParser.parseString(bench.out.toString()).getAsJsonObject();
        assertThat(json.get("complete").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonArray("stages")).hasSize(3);
    }

    @Test
    void saysWhoHasItWhenTheGateDoesNotRun() {
        proposal();
        startEngine("apply_planner", "publish_plan_post");
        String plan = planId();
        length(OBSERVED, 2);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_gate has never read it: apply_plan has no group heat_gate");
        assertThat(bench.out.toString()).contains("late observation missed (timeout) at +");

        bench.command("XGROUP", "CREATE", PLANS, "heat_gate", "0");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_gate has not read it yet: its group stands at 0-0");

        bench.command("XREADGROUP", "GROUP", "heat_gate", "gone", "STREAMS", PLANS, ">");
        bench.command("XREADGROUP", "GROUP", "heat_gate", "gone", "STREAMS", PLANS, "0");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("heat_gate has it pending since ")
                .contains(" s, delivered 2 times, last to consumer gone");
    }

    @Test
    void saysThatTheBridgeDoesNotRunOrWroteNothing() {
        proposal();
        startEngine("apply_planner", "heat_gate", "publish_plan_post");
        String plan = planId();
        length(DECISIONS, 1);
        length(OBSERVED, 2);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_bridge has never read it: heat_decision has no group heat_bridge");

        bench.command("XGROUP", "CREATE", DECISIONS, "heat_bridge", "$");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_bridge has read past it and wrote no by_plan: ");
    }

    @Test
    void saysThatAKeyIsGoneBeforeItsTime() {
        proposal();
        startEngine();
        String plan = planId();
        length(OBSERVED, 2);
        bench.command("DEL", BY_PLAN + plan);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .isEqualTo("heat_bridge has read past it and wrote no by_plan: " + BY_PLAN + plan
                        + " is not there, and its life of 1800 s is not over; deleted, or never written");
    }

    @Test
    void whatAGuardHasSkippedIsNoFault() {
        bench.command("SET", "quantum:dedupe:p27:p1", "1", "PX", "119000");
        bench.add(DECISIONS, "plan_id", "p1", "symbol", "BTCUSDT");
        bench.command("XGROUP", "CREATE", DECISIONS, "heat_bridge", "$");
        assertThat(trace("p1")).as(bench.out.toString()).isZero();
        assertThat(lastLine())
                .isEqualTo("ended: heat_bridge has read past it and passed nothing on: it may drop, by its guard"
                        + " bridge_dedupe");
    }

    @Test
    void anEventThatAnOperatorMayDropHasEndedThereAndOneThatItMayNotIsBroken() throws IOException {
        Path wiring = Files.writeString(directory.resolve("dropping.yaml"), DROPPING);
        startEngine(wiring, "once", "plausible", "placed", "sorter");
        hash("room:s1", "room", "kitchen");
        hash("room:s4", "room", "cellar");
        reading("a", "s1", "60");
        reading("b", "s1", "60");
        reading("c", "s2", "999");
        reading("d", "s3", "20");
        reading("e", "s4", "20");
        ends(
                wiring,
                "a",
                1,
                "renamed has never read it: hot has no group renamed; the stage creates it when it starts");
        ends(wiring, "b", 0, "ended: once has read past it and passed nothing on: it may drop, by its guard seen");
        ends(wiring, "c", 0, "ended: plausible has read past it and passed nothing on: it may drop");
        ends(wiring, "d", 0, "ended: placed has read past it and passed nothing on: it may drop");
        ends(wiring, "e", 0, "ended: sorter has read past it and passed nothing on: it may drop");

        bench.command("XGROUP", "CREATE", "hot", "renamed", "$");
        ends(wiring, "a", 1, "renamed has read past it and wrote no named: no entry of it there");
        bench.command("DEL", "hot");
        ends(wiring, "a", 0, "ended: sorter has read past it and passed nothing on: it may drop");
    }

    private static void reading(String id, String sensor, String celsius) {
        bench.add("readings", "id", id, "sensor", sensor, "celsius", celsius);
    }

    private void ends(Path wiring, String id, int code, String last) {
        await().atMost(CommandBench.PATIENCE).untilAsserted(() -> {
            bench.clear();
            int ended = bench.run(wiring, "trace", id, "--field", "id");
            assertThat(lastLine()).as(bench.out.toString() + bench.err).isEqualTo(last);
            assertThat(ended).isEqualTo(code);
        });
    }

    @Test
    void aKeyThatHasExpiredIsNoFault() {
        bench.environment.putAll(
                Map.of("P27_TTL_PLAN_SEC", "3", "P27_DEDUPE_TTL_SEC", "1", "P28_LATE_OBS_MAX_WAIT_MS", "1000"));
        proposal();
        startEngine();
        String plan = planId();
        length(OBSERVED, 2);
        await().atMost(CommandBench.PATIENCE)
                .until(() -> bench.command("EXISTS", BY_PLAN + plan).equals(0L));
        assertThat(trace(plan)).as(bench.out.toString()).isZero();
        assertThat(lastLine()).contains("complete", "the key by_plan has expired: it lives 3 s");
    }

    @Test
    void showsTheDeadLetterOfTheStageThatRefusedIt() {
        proposal();
        bench.command("SET", "quantum:harvest:heat:BTCUSDT", "in the way");
        startEngine("apply_planner", "heat_gate");
        String plan = planId();
        length(PLANS + ":dead:heat_gate", 1);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("heat_gate refused it: dead letter ")
                .contains("wrong_type:quantum:harvest:heat:BTCUSDT", "heatwire dead show heat_gate ");
        assertThat(bench.out.toString()).contains("dead letter (wrong_type:quantum:harvest:heat:BTCUSDT)  heat_gate");
    }

    @Test
    void namesEachOfTwoStagesThatRefusedIt() {
        startEngine("heat_gate", "publish_plan_post");
        bench.add(PLANS, "plan_id", "p1", "action", "HOLD");
        length(PLANS + ":dead:heat_gate", 1);
        length(PLANS + ":dead:publish_plan_post", 1);
        assertThat(trace("p1")).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("heat_gate refused it: dead letter ")
                .contains("; publish_plan_post refused it: dead letter ", "heatwire dead show publish_plan_post ");
    }

    @Test
    void aPlanOfAnotherProgramHasArrivedAndWasNotCreatedByThePlanner() {
        bench.add(PLANS, "plan_id", "p1", "symbol", "BTCUSDT", "action", "HOLD", "decision", "EXECUTE");
        trace("p1");
        assertThat(bench.out.toString())
                .contains("arrived  apply_plan")
                .doesNotContain("created", "apply_planner", "published");
    }

    @Test
    void saysThatAnEntryWasTrimmedAwayUnread() {
        proposal();
        startEngine("apply_planner");
        String plan = planId();
        drain();
        bench.command("XTRIM", PLANS, "MAXLEN", "0");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("its entry in apply_plan has been trimmed away, and heat_gate wrote no heat_decision");
    }

    @Test
    void saysWhereItLookedForAnIdThatNobodyKnows() {
        bench.add(PLANS, "plan_id", "other");
        assertThat(trace("nobody\u001b[2J")).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("apply_plan: 1 entries looked at", "heat_decision: is not there", "looked at key " + BY_PLAN)
                .doesNotContain("\u001b");
        assertThat(lastLine())
                .startsWith("nothing is known of plan_id nobody\\u001b[2J: looked at 1 entries of 8 streams");
    }

    @Test
    void saysWhenItStoppedLooking() {
        bench.add(PLANS, "plan_id", "early", "symbol", "BTCUSDT", "action", "HOLD");
        for (int i = 0; i < 300; i++) {
            bench.add(PLANS, "plan_id", "late" + i);
        }
        assertThat(trace("early", "--scan", "100")).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("apply_plan: 100 entries looked at; stopped there, --scan looks further");
        assertThat(trace("early")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("arrived  apply_plan", "heat_gate at apply_plan");
        assertThat(trace("early", "--since", "1ms")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("nothing is known of");
    }

    @Test
    void anInputThatIsNoStreamIsNamed() {
        bench.command("SET", PLANS, "in the way");
        assertThat(trace("p1")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("apply_plan: is a string, not a stream");
    }

    @Test
    void whateverAProducerWroteDoesNoHarm() {
        bench.command(
                "EVAL",
                "redis.call('XADD', KEYS[1], '*', 'plan_id', 'p1', 'decision', '\\27[2J\\255\\r\\n', '\\255', '')",
                "1",
                PLANS);
        assertThat(trace("p1")).isEqualTo(1);
        assertThat(bench.out.toString().replace("\n", ""))
                .matches(text -> text.codePoints().noneMatch(Character::isISOControl));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws IOException {
        for (String[] args : new String[][] {
            {"p", "--since", "soon"}, {"p", "--scan", "0"}, {""}, {"p", "--since", "0s"}, {"p\ufffd"}
        }) {
            assertThat(trace(args)).as(String.join(" ", args)).isEqualTo(64);
        }
        assertThat(bench.err.toString()).contains("did not arrive as text: it is not UTF-8");
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "heatwire: 2\n");
        assertThat(bench.run(wrong, "trace", "p")).isEqualTo(78);
        String port = bench.environment.put("REDIS_PORT", "1");
        assertThat(trace("p")).isEqualTo(69);
        bench.environment.put("REDIS_PORT", String.valueOf(port));
    }
}
