package io.heatwire.operators.heatgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.StageWorld;
import io.heatwire.operators.world.VectorSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recorded case of the heat gate. The newest version's switches are settings of ours and set to its defaults. */
class GateVectorTest {

    private static final Set<String> NUMBERS_OF_THE_WIRING =
            Set.of("HEAT_POLL_MS", "HEAT_METRICS_PORT", "HEAT_HEALTH_PORT", "REDIS_PORT");
    private static final Set<String> TEXTS_OF_THE_WIRING =
            Set.of("HEAT_STREAM_IN", "HEAT_STREAM_OUT", "HEAT_GROUP", "HEAT_CONSUMER", "HEAT_STATE_KEY", "REDIS_HOST");
    private static final String SHADOW = "quantum:harvest:heat:";

    @TestFactory
    Stream<DynamicTest> decidesAsRecordedOrAsTheDeparturesSay() {
        return GoldenVectors.tests("gate.jsonl", each -> true, vector -> check(new GateCase(vector), false));
    }

    @TestFactory
    Stream<DynamicTest> countsAbsentInputsAsZeroWhenTold() {
        return GoldenVectors.tests(
                "gate.jsonl", GateVectorTest::lacksAnInput, vector -> check(new GateCase(vector), true));
    }

    private static boolean lacksAnInput(GoldenVectors.Case vector) {
        GateCase given = new GateCase(vector);
        GateRule rule = new GateRule(given, false);
        return !new GateStartRule(given).refused()
                && given.recorded().stream()
                        .anyMatch(recorded -> !rule.missing(recorded).isEmpty());
    }

    private static void check(GateCase given, boolean absentIsZero) {
        if (new GateStartRule(given).refused()) {
            assertThatThrownBy(() -> config(given, absentIsZero)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        StageWorld stage = new StageWorld(HeatGateSpec.SPEC, new HeatGate(config(given, absentIsZero)));
        prepare(stage, given);
        given.entries()
                .forEach(entry ->
                        entry.ifPresentOrElse(fields -> stage.take(fields, given.nowMs()), stage::takeUndecodable));
        if (stage.brokenStreams.isEmpty()) {
            GateExpectation expected = new GateExpectation(given, absentIsZero);
            expected.verify(stage.world);
            expected.verifyLog(stage.world);
        } else {
            assertThat(stage.waiting()).isEqualTo(given.entries().size());
            assertThat(stage.world.hashes.keySet()).noneMatch(key -> key.startsWith(SHADOW));
            assertThat(stage.world.meters).isEmpty();
        }
    }

    private static OperatorConfig config(GateCase given, boolean absentIsZero) {
        VectorSettings settings =
                new VectorSettings(HeatGateSpec.SPEC, Map.of("state", given.stateKey, "shadow", SHADOW + "{symbol}"));
        Map<String, String> texts = new HashMap<>(given.env);
        given.env.forEach((name, text) -> {
            if (NUMBERS_OF_THE_WIRING.contains(name)) {
                Setting.integer("number", 0, name, 0, 1_000_000, "").parse(text);
            } else if (!TEXTS_OF_THE_WIRING.contains(name)) {
                assertThat(settings.knows(name)).as("a setting for %s", name).isTrue();
            }
        });
        if (given.head) {
            texts.putIfAbsent("HEAT_FAIL_MODE", "CLOSED");
            texts.put("ts_alias", "timestamp");
        } else {
            texts.keySet().removeAll(Set.of("HEAT_FAIL_MODE", "HEAT_MODE"));
        }
        texts.put("absent_input", absentIsZero ? "zero" : "missing");
        return settings.config(texts);
    }

    private static void prepare(StageWorld stage, GateCase given) {
        given.state().ifPresent(state -> stage.world.hashes.put(given.stateKey, state));
        if (given.hasUndecodableState()) {
            stage.world.faults.put(given.stateKey, new Answer.Failed(Answer.Failure.NOT_UTF8, "a value is not UTF-8"));
        }
        given.commands().forEach(words -> prepare(stage, given, words));
    }

    private static void prepare(StageWorld stage, GateCase given, List<String> words) {
        String key = words.get(1);
        switch (words.get(0)) {
            case "HSET" ->
                stage.world.hashes.computeIfAbsent(key, any -> new TreeMap<>()).putAll(pairs(words));
            case "SET", "LPUSH", "RPUSH", "SADD" -> {
                stage.world.values.put(key, words.get(2));
                if (key.equals(given.stateKey)) {
                    stage.world.faults.put(key, new Answer.Failed(Answer.Failure.WRONG_TYPE, "not a hash"));
                } else if (key.equals(given.output())) {
                    stage.brokenStreams.add("decision");
                }
            }
            case "DEL", "XGROUP" -> assertThat(key).isNotEmpty();
            default -> throw new IllegalStateException("no rule for " + words);
        }
    }

    private static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new TreeMap<>();
        for (int i = 2; i < words.size(); i += 2) {
            pairs.put(words.get(i), words.get(i + 1));
        }
        return pairs;
    }
}
