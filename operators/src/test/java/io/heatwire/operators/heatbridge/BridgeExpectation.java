package io.heatwire.operators.heatbridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.world.OperatorWorld;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows the steps of a case by {@link BridgeRule} and holds what the bridge did, in memory or in Redis, against it and, where no
 * departure applies, against the recording.
 */
public final class BridgeExpectation {

    private final BridgeCase given;
    private final BridgeRule rule = new BridgeRule();

    /** What we expect of a case, before its first step. */
    public BridgeExpectation(BridgeCase given) {
        this.given = given;
    }

    /**
     * The stage reads an entry.
     *
     * @param fields empty when its bytes are not UTF-8
     */
    public void entry(Optional<Map<String, String>> fields, long appendedMs, long nowMs) {
        fields.ifPresentOrElse(text -> rule.entry(text, appendedMs, nowMs), rule::undecodable);
    }

    /** Somebody else's command. */
    public void command(List<String> words) {
        String key = words.get(1);
        switch (words.get(0)) {
            case "HSET" -> rule.merge(key, pairs(words));
            case "SET", "LPUSH", "RPUSH", "SADD" -> rule.putString(key, words.get(2));
            case "DEL" -> delete(key);
            case "XREADGROUP", "XGROUP" -> rule.disturbed();
            case "EXPIRE" -> assertThat(words).hasSize(3);
            default -> throw new IllegalStateException("no rule for " + words);
        }
    }

    private void delete(String key) {
        if (key.equals(given.input())) {
            rule.disturbed();
        }
        rule.remove(key);
    }

    /** The reference is disturbed by something that our stage recovers from. */
    public void disturbed() {
        rule.disturbed();
    }

    /** Keys, meters and dead letters. */
    public void verify(OperatorWorld world) {
        assertThat(keys(world)).isEqualTo(rule.keys);
        assertThat(world.meters).isEqualTo(world.scrape.apply(rule.meters));
        assertThat(world.dead).isEqualTo(rule.dead);
        if (!rule.departed()) {
            compareWithRecording(world);
        }
    }

    void verifyLog(OperatorWorld world) {
        assertThat(world.log).isEqualTo(rule.log);
        if (!rule.departed()) {
            assertThat(world.log).isEqualTo(given.recordedLog());
        }
    }

    static Map<String, String> pairs(List<String> words) {
        Map<String, String> pairs = new TreeMap<>();
        for (int i = 2; i < words.size(); i += 2) {
            pairs.put(words.get(i), words.get(i + 1));
        }
        return pairs;
    }

    private void compareWithRecording(OperatorWorld world) {
        Map<String, Map<String, String>> held = keys(world);
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
                assertThat(world.ttlMs).containsEntry(key, recorded.get("ttl_s").getAsLong() * 1000);
            }
        });
        compareMeters(world.meters);
    }

    /** All but p27_in_messages_total as recorded; that one counts repeated entries, too. */
    private void compareMeters(Map<String, Double> meters) {
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

    private static Map<String, Map<String, String>> keys(OperatorWorld world) {
        Map<String, Map<String, String>> keys = new TreeMap<>();
        world.hashes.forEach((key, fields) -> keys.put(key, new TreeMap<>(fields)));
        world.values.forEach((key, value) -> keys.put(key, Map.of("", value)));
        return keys;
    }
}
