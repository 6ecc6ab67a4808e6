package io.heatwire.operators.heatgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.event.Event;
import io.heatwire.operators.world.OperatorWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Holds what the gate did, in memory or in Redis, against {@link GateRule} and, where no departure applies, the recording. */
public final class GateExpectation {

    private static final String SHADOW = "quantum:harvest:heat:";

    private final GateCase given;
    private final GateRule rule;
    private final List<Map<String, String>> expected = new ArrayList<>();
    private final Map<String, Double> meters = new TreeMap<>();

    /**
     * What we expect of a case.
     *
     * @param absentIsZero whether the gate is told to count absent inputs as zero
     */
    public GateExpectation(GateCase given, boolean absentIsZero) {
        this.given = given;
        this.rule = new GateRule(given, absentIsZero);
        if (!given.recorded().isEmpty()) {
            expect();
        }
    }

    /** Whether the settings of the case must be refused at start. */
    public static boolean refused(GateCase given) {
        return new GateStartRule(given).refused();
    }

    private void expect() {
        for (int i = 0; i < given.entries().size(); i++) {
            Map<String, String> entry = given.entries().get(i).orElseThrow();
            count("p26_in_messages_total{action=\"" + rule.action(entry) + "\"}");
            if (rule.dead(entry).isEmpty()) {
                Map<String, String> recorded = given.recorded().get(i);
                Map<String, String> decision = rule.expected(recorded, entry);
                expected.add(decision);
                measure(decision, rule.missing(recorded), rule.invalid(recorded));
            }
        }
    }

    /** Decisions, dead letters, shadow keys and meters. */
    public void verify(OperatorWorld world) {
        List<Map<String, String>> decided = world.streams.getOrDefault("decision", List.of()).stream()
                .map(Event::fields)
                .toList();
        assertThat(decided)
                .allSatisfy(decision ->
                        assertThat(decision.keySet()).containsExactlyElementsOf(HeatGateSpec.DECISION.fields()));
        assertThat(world.dead).isEqualTo(deaths());
        if (given.recorded().isEmpty()) {
            compareNames(decided);
            return;
        }
        assertThat(decided).isEqualTo(expected);
        assertThat(world.meters).isEqualTo(world.scrape.apply(meters));
        compareShadows(world);
        if (isAsRecorded()) {
            // Where no departure touches a decision, everything else was recorded just as we do it.
            assertThat(world.meters).isEqualTo(world.scrape.apply(given.recordedMeters()));
            assertThat(shadows(world)).isEqualTo(given.recordedShadows());
        }
    }

    /** The lines that people look for. */
    void verifyLog(OperatorWorld world) {
        if (given.recorded().isEmpty()) {
            return;
        }
        List<String> log = new ArrayList<>();
        expected.forEach(decision -> tell(log, decision, world.faults.containsKey(given.stateKey)));
        assertThat(told(world.log)).isEqualTo(log);
        boolean sameWords = given.recordedLog().stream().noneMatch(line -> line.contains("(FAIL-"));
        if (isAsRecorded() && sameWords) {
            assertThat(told(world.log)).isEqualTo(told(given.recordedLog()));
        }
    }

    private boolean isAsRecorded() {
        return expected.equals(given.recorded());
    }

    private List<String> deaths() {
        return given.entries().stream()
                .map(entry -> entry.isEmpty() ? Optional.of("not_utf8") : rule.dead(entry.get()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The reference decided nothing here; we decide every entry that can be decided, whatever its neighbours are. */
    private void compareNames(List<Map<String, String>> decided) {
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

    private void measure(Map<String, String> decision, List<String> missing, List<String> invalid) {
        count("p26_out_messages_total{heat_action=\"" + decision.get("heat_action") + "\",heat_level=\""
                + decision.get("heat_level") + "\"}");
        meters.put(
                "p26_heat_score{symbol=\"" + decision.get("symbol") + "\"}",
                Double.parseDouble(decision.get("heat_score")));
        if (!decision.get("reason").equals("ok")) {
            count("p26_failopen_total{reason=\"" + decision.get("reason") + "\"}");
        }
        missing.forEach(input -> count("heat_gate_absent_inputs_total{input=\"" + input + "\"}"));
        invalid.forEach(input -> count("heat_gate_invalid_inputs_total{input=\"" + input + "\"}"));
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

    private void compareShadows(OperatorWorld world) {
        Map<String, Map<String, String>> shadows = new TreeMap<>();
        given.commands().stream()
                .filter(words -> words.get(0).equals("HSET"))
                .forEach(words -> shadows.put(words.get(1), pairs(words)));
        for (Map<String, String> decision : expected) {
            Map<String, String> shadow =
                    shadows.computeIfAbsent(SHADOW + decision.get("symbol"), key -> new TreeMap<>());
            HeatGateSpec.SHADOW
                    .fields()
                    .forEach(
                            field -> shadow.put(field, decision.get(field.equals("last_plan_id") ? "plan_id" : field)));
            assertThat(world.ttlMs).containsEntry(SHADOW + decision.get("symbol"), 600_000L);
        }
        assertThat(shadows(world)).isEqualTo(shadows);
    }

    private Map<String, Map<String, String>> shadows(OperatorWorld world) {
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

    private void count(String series) {
        meters.merge(series, 1.0, Double::sum);
    }
}
