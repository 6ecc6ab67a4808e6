package io.heatwire.operators.heatgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.operators.world.StageWorld;
import io.heatwire.operators.world.VectorSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
            compare(stage.world, given, new GateRule(given, absentIsZero));
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

    private static void compare(OperatorWorld world, GateCase given, GateRule rule) {
        List<Map<String, String>> decided = world.streams.getOrDefault("decision", List.of()).stream()
                .map(Event::fields)
                .toList();
        assertThat(decided)
                .allSatisfy(decision ->
                        assertThat(decision.keySet()).containsExactlyElementsOf(HeatGateSpec.DECISION.fields()));
        assertThat(world.dead).isEqualTo(deaths(given, rule));
        if (given.recorded().isEmpty()) {
            compareNames(decided, given, rule);
            return;
        }
        List<Map<String, String>> expected = new ArrayList<>();
        Map<String, Double> meters = new TreeMap<>();
        List<String> log = new ArrayList<>();
        for (int i = 0; i < given.entries().size(); i++) {
            Map<String, String> entry = given.entries().get(i).orElseThrow();
            count(meters, "p26_in_messages_total{action=\"" + rule.action(entry) + "\"}");
            if (rule.dead(entry).isEmpty()) {
                Map<String, String> recorded = given.recorded().get(i);
                Map<String, String> decision = rule.expected(recorded, entry);
                expected.add(decision);
                measure(meters, decision, rule.missing(recorded), rule.invalid(recorded));
                tell(log, decision, world.faults.containsKey(given.stateKey));
            }
        }
        assertThat(decided).isEqualTo(expected);
        assertThat(world.meters).isEqualTo(meters);
        assertThat(told(world.log)).isEqualTo(log);
        compareShadows(world, given, expected);
        if (expected.equals(given.recorded())) {
            compareWithTheRest(world, given);
        }
    }

    /** Where no departure touches a decision, everything else was recorded just as we do it. */
    private static void compareWithTheRest(OperatorWorld world, GateCase given) {
        assertThat(world.meters).isEqualTo(given.recordedMeters());
        assertThat(shadows(world, given)).isEqualTo(given.recordedShadows());
        boolean sameWords = given.recordedLog().stream().noneMatch(line -> line.contains("(FAIL-"));
        if (sameWords) {
            assertThat(told(world.log)).isEqualTo(told(given.recordedLog()));
        }
    }

    private static List<String> deaths(GateCase given, GateRule rule) {
        return given.entries().stream()
                .map(entry -> entry.isEmpty() ? Optional.of("not_utf8") : rule.dead(entry.get()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The reference decided nothing here; we decide every entry that can be decided, whatever its neighbours are. */
    private static void compareNames(List<Map<String, String>> decided, GateCase given, GateRule rule) {
        List<String> names = given.entries().stream()
                .flatMap(Optional::stream)
                .filter(entry -> rule.dead(entry).isEmpty())
                .map(entry -> entry.get("symbol") + " " + rule.planId(entry).orElseThrow() + " " + rule.action(entry))
                .toList();
        assertThat(decided)
                .extracting(decision ->
                        decision.get("symbol") + " " + decision.get("plan_id") + " " + decision.get("in_action"))
                .isEqualTo(names);
    }

    private static void measure(
            Map<String, Double> meters, Map<String, String> decision, List<String> missing, List<String> invalid) {
        count(
                meters,
                "p26_out_messages_total{heat_action=\"" + decision.get("heat_action") + "\",heat_level=\""
                        + decision.get("heat_level") + "\"}");
        meters.put(
                "p26_heat_score{symbol=\"" + decision.get("symbol") + "\"}",
                Double.parseDouble(decision.get("heat_score")));
        if (!decision.get("reason").equals("ok")) {
            count(meters, "p26_failopen_total{reason=\"" + decision.get("reason") + "\"}");
        }
        missing.forEach(input -> count(meters, "heat_gate_absent_inputs_total{input=\"" + input + "\"}"));
        invalid.forEach(input -> count(meters, "heat_gate_invalid_inputs_total{input=\"" + input + "\"}"));
    }

    private static void tell(List<String> log, Map<String, String> decision, boolean unreadable) {
        String symbol = decision.get("symbol");
        String out = decision.get("out_action");
        if (decision.get("reason").equals("ok")) {
            String level = decision.get("heat_level").toUpperCase(Locale.ROOT);
            log.add("INFO " + symbol + ": " + level + " (score) → " + decision.get("heat_action") + " (out=" + out
                    + ")");
            return;
        }
        if (unreadable) {
            log.add("WARN Failed to read portfolio state");
        }
        boolean heldBack = out.equals("NOOP");
        String word = decision.get("reason").replaceFirst("^FAIL-(?:OPEN|CLOSED)\\((.*)\\)$", "$1");
        log.add("WARN " + symbol + ": " + (heldBack ? "FAIL-CLOSED" : "FAIL-OPEN") + " (" + word + ") → out=" + out);
    }

    /** The lines without the digits of the score and the words of Redis, which are no contract. */
    private static List<String> told(List<String> log) {
        return log.stream()
                .map(line -> line.replaceFirst("\\(score=[^)]*\\)", "(score)")
                        .replaceFirst("(Failed to read portfolio state): .*", "$1"))
                .toList();
    }

    private static void compareShadows(OperatorWorld world, GateCase given, List<Map<String, String>> decisions) {
        Map<String, Map<String, String>> shadows = new TreeMap<>();
        given.commands().stream()
                .filter(words -> words.get(0).equals("HSET"))
                .forEach(words -> shadows.put(words.get(1), pairs(words)));
        for (Map<String, String> decision : decisions) {
            Map<String, String> shadow =
                    shadows.computeIfAbsent(SHADOW + decision.get("symbol"), key -> new TreeMap<>());
            HeatGateSpec.SHADOW
                    .fields()
                    .forEach(
                            field -> shadow.put(field, decision.get(field.equals("last_plan_id") ? "plan_id" : field)));
            assertThat(world.ttlMs).containsEntry(SHADOW + decision.get("symbol"), 600_000L);
        }
        assertThat(shadows(world, given)).isEqualTo(shadows);
    }

    private static Map<String, Map<String, String>> shadows(OperatorWorld world, GateCase given) {
        Map<String, Map<String, String>> shadows = new TreeMap<>(world.hashes);
        shadows.remove(given.stateKey);
        return shadows;
    }

    private static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new TreeMap<>();
        for (int i = 2; i < words.size(); i += 2) {
            pairs.put(words.get(i), words.get(i + 1));
        }
        return pairs;
    }

    private static void count(Map<String, Double> meters, String series) {
        meters.merge(series, 1.0, Double::sum);
    }
}
