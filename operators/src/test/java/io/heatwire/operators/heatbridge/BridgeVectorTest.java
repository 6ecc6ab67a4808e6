package io.heatwire.operators.heatbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Setting;
import io.heatwire.operators.number.DecimalText;
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
    private final BridgeRule rule = new BridgeRule();

    /** An entry that was appended and not yet read. */
    private record Waiting(BridgeCase.Step.Append append, long appendedMs) {}

    @TestFactory
    Stream<DynamicTest> writesAsRecordedOrAsTheDeparturesSay() {
        return GoldenVectors.tests(
                "bridge.jsonl", each -> true, vector -> new BridgeVectorTest().check(new BridgeCase(vector)));
    }

    private void check(BridgeCase given) {
        if (refused(given)) {
            assertThatThrownBy(() -> config(given)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        StageWorld stage = new StageWorld(HeatBridgeSpec.SPEC, new HeatBridge(config(given)));
        long nowMs = given.vector.nowMs();
        for (BridgeCase.Step step : given.steps()) {
            if (step instanceof BridgeCase.Step.Clock clock) {
                nowMs = clock.nowMs();
            } else if (step instanceof BridgeCase.Step.Append append) {
                queue.add(new Waiting(append, nowMs));
            } else if (step instanceof BridgeCase.Step.Read read) {
                read(stage, read.batches() * given.batch(), nowMs);
            } else if (step instanceof BridgeCase.Step.Command command) {
                command(stage, given, command.words());
            } else {
                rule.disturbed();
            }
        }
        compare(stage, given);
    }

    /** Refused where the reference refuses, and where a time to live is not positive. */
    private static boolean refused(BridgeCase given) {
        return given.failedToStart()
                || Stream.of("P27_TTL_PLAN_SEC", "P27_TTL_SYMBOL_SEC", "P27_DEDUPE_TTL_SEC")
                        .filter(given.env::containsKey)
                        .map(given.env::get)
                        .anyMatch(text -> DecimalText.parseInteger(text).orElse(0) < 1
                                || DecimalText.parseInteger(text).orElse(0) > 31_536_000);
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

    private void read(StageWorld stage, int entries, long nowMs) {
        for (int i = 0; i < entries && !queue.isEmpty(); i++) {
            Waiting waiting = queue.remove();
            waiting.append()
                    .fields()
                    .ifPresentOrElse(
                            fields -> {
                                rule.entry(fields, waiting.appendedMs(), nowMs);
                                stage.take(fields, waiting.appendedMs(), nowMs);
                            },
                            () -> {
                                rule.undecodable();
                                stage.takeUndecodable();
                            });
        }
    }

    private void command(StageWorld stage, BridgeCase given, List<String> words) {
        String name = words.get(0);
        String key = words.get(1);
        if (name.equals("HSET")) {
            Map<String, String> fields = new TreeMap<>();
            for (int i = 2; i < words.size(); i += 2) {
                fields.put(words.get(i), words.get(i + 1));
            }
            rule.merge(key, fields);
            stage.world.hashes.computeIfAbsent(key, any -> new TreeMap<>()).putAll(fields);
        } else if (Set.of("SET", "LPUSH", "RPUSH", "SADD").contains(name)) {
            rule.putString(key, words.get(2));
            stage.world.values.put(key, words.get(2));
        } else if (name.equals("EXPIRE")) {
            stage.world.ttlMs.put(key, Long.parseLong(words.get(2)) * 1000);
        } else if (name.equals("DEL")) {
            delete(stage, given, key);
        } else if (name.equals("XREADGROUP") || name.equals("XGROUP")) {
            rule.disturbed();
        } else {
            throw new IllegalStateException("no rule for " + words);
        }
    }

    private void delete(StageWorld stage, BridgeCase given, String key) {
        if (key.equals(given.input())) {
            queue.clear();
            rule.disturbed();
        }
        rule.remove(key);
        stage.world.hashes.remove(key);
        stage.world.values.remove(key);
        stage.world.ttlMs.remove(key);
    }

    private void compare(StageWorld stage, BridgeCase given) {
        assertThat(keys(stage)).isEqualTo(rule.keys);
        assertThat(stage.world.meters).isEqualTo(rule.meters);
        assertThat(stage.world.log).isEqualTo(rule.log);
        assertThat(stage.world.dead).isEqualTo(rule.dead);
        if (!rule.departed()) {
            compareWithRecording(stage, given);
        }
    }

    private static void compareWithRecording(StageWorld stage, BridgeCase given) {
        Map<String, Map<String, String>> held = keys(stage);
        held.values().stream().filter(fields -> fields.size() > 1).forEach(fields -> fields.remove("inputs_age_sec"));
        assertThat(held.keySet()).isEqualTo(given.recordedKeys().keySet());
        given.recordedKeys().forEach((key, recorded) -> {
            if (recorded.has("fields")) {
                assertThat(held).containsEntry(key, BridgeCase.texts(recorded.getAsJsonObject("fields")));
            } else if (recorded.has("value")) {
                assertThat(held)
                        .containsEntry(key, Map.of("", recorded.get("value").getAsString()));
            }
            if (recorded.has("ttl_s") && recorded.get("ttl_s").getAsLong() > 0) {
                assertThat(stage.world.ttlMs)
                        .containsEntry(key, recorded.get("ttl_s").getAsLong() * 1000);
            }
        });
        compareMeters(stage.world.meters, given);
        assertThat(stage.world.log).isEqualTo(given.recordedLog());
    }

    /** All but p27_in_messages_total as recorded; that one counts repeated entries, too. */
    private static void compareMeters(Map<String, Double> meters, BridgeCase given) {
        double repeated = given.recordedMeter("p27_dedupe_skips_total");
        assertThat(meters.getOrDefault("p27_in_messages_total", 0.0))
                .isEqualTo(given.recordedMeter("p27_in_messages_total") + repeated);
        for (String series : List.of(
                "p27_dedupe_skips_total",
                "p27_written_total{kind=\"by_plan\"}",
                "p27_written_total{kind=\"latest_symbol\"}",
                "p27_lag_ms",
                "p27_last_ts_epoch")) {
            assertThat(meters.getOrDefault(series, 0.0)).as(series).isEqualTo(given.recordedMeter(series));
        }
    }

    private static Map<String, Map<String, String>> keys(StageWorld stage) {
        Map<String, Map<String, String>> keys = new TreeMap<>();
        stage.world.hashes.forEach((key, fields) -> keys.put(key, new TreeMap<>(fields)));
        stage.world.values.forEach((key, value) -> keys.put(key, Map.of("", value)));
        return keys;
    }
}
