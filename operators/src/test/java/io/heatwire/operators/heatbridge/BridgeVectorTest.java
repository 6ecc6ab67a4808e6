package io.heatwire.operators.heatbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Setting;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.StageWorld;
import io.heatwire.operators.world.VectorSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every recorded case of the heat bridge. What our engine guarantees is the rule for disturbed cases: a failed command, a lost
 * group or an entry in another consumer's hands delays an entry and changes nothing else; an entry that cannot be written for
 * the type of a key goes to the dead-letter stream and leaves no marker behind.
 */
class BridgeVectorTest {

    private static final Set<String> NUMBERS_OF_THE_WIRING =
            Set.of("P27_POLL_MS", "P27_BATCH", "P27_METRICS_PORT", "P27_HEALTH_PORT", "REDIS_PORT");
    private static final Set<String> TEXTS_OF_THE_WIRING =
            Set.of("P27_STREAM_IN", "P27_GROUP", "P27_CONSUMER", "P27_LOG_LEVEL", "REDIS_HOST");
    private static final VectorSettings SETTINGS = new VectorSettings(
            HeatBridgeSpec.SPEC,
            Map.of(
                    "by_plan", "quantum:harvest:heat:by_plan:{plan_id}",
                    "latest", "quantum:harvest:heat:latest:{symbol}",
                    "latest_plan_id", "quantum:harvest:heat:latest_plan_id:{symbol}",
                    "dedupe", "quantum:dedupe:p27:{plan_id}"));

    private final Deque<Waiting> queue = new ArrayDeque<>();

    /** An entry that was appended and not yet read. */
    private record Waiting(BridgeCase.Step.Append append, long appendedMs) {}

    @TestFactory
    Stream<DynamicTest> writesAsRecordedOrAsTheDeparturesSay() {
        return GoldenVectors.tests(
                "bridge.jsonl", each -> true, vector -> new BridgeVectorTest().check(new BridgeCase(vector)));
    }

    private void check(BridgeCase given) {
        if (given.refused()) {
            assertThatThrownBy(() -> config(given)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        StageWorld stage = new StageWorld(HeatBridgeSpec.SPEC, new HeatBridge(config(given)));
        BridgeExpectation expected = new BridgeExpectation(given);
        long nowMs = given.vector.nowMs();
        for (BridgeCase.Step step : given.steps()) {
            if (step instanceof BridgeCase.Step.Clock clock) {
                nowMs = clock.nowMs();
            } else if (step instanceof BridgeCase.Step.Append append) {
                queue.add(new Waiting(append, nowMs));
            } else if (step instanceof BridgeCase.Step.Read read) {
                read(stage, expected, read.batches() * given.batch(), nowMs);
            } else if (step instanceof BridgeCase.Step.Command command) {
                expected.command(command.words());
                command(stage, given, command.words());
            } else {
                expected.disturbed();
            }
        }
        expected.verify(stage.world);
        expected.verifyLog(stage.world);
    }

    private static OperatorConfig config(BridgeCase given) {
        given.env.forEach((name, text) -> {
            if (NUMBERS_OF_THE_WIRING.contains(name)) {
                Setting.integer("number", 0, name, -1_000_000, 1_000_000, "").parse(text);
            } else if (!TEXTS_OF_THE_WIRING.contains(name)) {
                assertThat(SETTINGS.knows(name)).as("a setting for %s", name).isTrue();
            }
        });
        return SETTINGS.config(given.env);
    }

    private void read(StageWorld stage, BridgeExpectation expected, int entries, long nowMs) {
        for (int i = 0; i < entries && !queue.isEmpty(); i++) {
            Waiting waiting = queue.remove();
            expected.entry(waiting.append().fields(), waiting.appendedMs(), nowMs);
            waiting.append()
                    .fields()
                    .ifPresentOrElse(fields -> stage.take(fields, waiting.appendedMs(), nowMs), stage::takeUndecodable);
        }
    }

    private void command(StageWorld stage, BridgeCase given, List<String> words) {
        String key = words.get(1);
        switch (words.get(0)) {
            case "HSET" ->
                stage.world.hashes.computeIfAbsent(key, any -> new TreeMap<>()).putAll(BridgeExpectation.pairs(words));
            case "SET", "LPUSH", "RPUSH", "SADD" -> stage.world.values.put(key, words.get(2));
            case "EXPIRE" -> stage.world.ttlMs.put(key, Long.parseLong(words.get(2)) * 1000);
            case "DEL" -> delete(stage, given, key);
            default -> assertThat(words.get(0)).isIn("XREADGROUP", "XGROUP");
        }
    }

    private void delete(StageWorld stage, BridgeCase given, String key) {
        if (key.equals(given.input())) {
            queue.clear();
        }
        stage.world.hashes.remove(key);
        stage.world.values.remove(key);
        stage.world.ttlMs.remove(key);
    }
}
