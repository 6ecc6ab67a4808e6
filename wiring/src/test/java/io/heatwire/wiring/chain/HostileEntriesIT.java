package io.heatwire.wiring.chain;

import static io.heatwire.wiring.chain.LiveChain.BY_PLAN;
import static io.heatwire.wiring.chain.LiveChain.DECISION;
import static io.heatwire.wiring.chain.LiveChain.PLAN;
import static io.heatwire.wiring.chain.LiveChain.PROPOSAL;
import static io.heatwire.wiring.chain.LiveChain.RECONCILE;
import static io.heatwire.wiring.chain.LiveChain.until;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.heatwire.engine.LogLines;
import io.heatwire.engine.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Entries that nobody would send on purpose, on every stream of the shipped chain, with good ones between them. The seed is fixed:
 * a failure comes again.
 */
class HostileEntriesIT {

    private static final long SEED = 20261122;
    private static final int ENTRIES = 400;
    private static final int EVERY_GOOD = 8;
    private static final List<String> STREAMS = List.of(PLAN, DECISION, PROPOSAL, RECONCILE);
    private static final List<String> NAMES = List.of(
            "plan_id",
            "symbol",
            "action",
            "decision",
            "kill_score",
            "heat_score",
            "heat_level",
            "in_action",
            "out_action",
            "ts_epoch",
            "harvest_action",
            "computed_at_utc",
            "debug_json",
            "steps",
            "qty",
            "close_qty",
            "unrealized_pnl");
    private static final List<Function<Random, byte[]>> VALUES = List.of(
            random -> new byte[0],
            random -> bytes(random, 1 + random.nextInt(40)),
            random -> bytes(random, 3000),
            random -> "x".repeat(1 + random.nextInt(200_000)).getBytes(UTF_8),
            random -> "NaN".getBytes(UTF_8),
            random -> "Infinity".getBytes(UTF_8),
            random -> "-inf".getBytes(UTF_8),
            random -> "1e999".getBytes(UTF_8),
            random -> "-1e-999".getBytes(UTF_8),
            random -> "9".repeat(400).getBytes(UTF_8),
            random -> "0x1p3".getBytes(UTF_8),
            random -> "1_000,5".getBytes(UTF_8),
            random -> "-9223372036854775809".getBytes(UTF_8),
            random -> "a\r\n[2026-11-22 00:00:00] [ERROR] [heatwire] forged\u001b[2J".getBytes(UTF_8),
            random -> "'\"; redis.call('FLUSHALL') --".getBytes(UTF_8),
            random -> "{\"a\":".repeat(2000).getBytes(UTF_8),
            random -> "../../etc/passwd\0".getBytes(UTF_8),
            random -> "{symbol}:*?[a]".getBytes(UTF_8),
            random -> "\u202e\u200b\ufeff\ud83d\udca5".getBytes(UTF_8),
            random -> new byte[] {(byte) 0xc0, (byte) 0xaf},
            random -> new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            random -> "BTCUSDT".getBytes(UTF_8),
            random -> "FULL_CLOSE_PROPOSED".getBytes(UTF_8),
            random -> "0.5".getBytes(UTF_8));

    @Test
    void endsEachEntryInExactlyOneWayAndLetsItsNeighboursFlow() {
        try (TestRedis redis = TestRedis.start();
                ByteWriter bytes = ByteWriter.to(redis);
                LogLines log = LogLines.ofStages()) {
            Random random = new Random(SEED);
            List<String> good = new ArrayList<>();
            try (LiveChain chain =
                    LiveChain.start(redis, Map.of("SYMBOLS", "BTCUSDT", "P28_LATE_OBS_MAX_INFLIGHT", "5000"))) {
                huge(redis);
                eachValueEverywhere(bytes, random);
                for (int i = 0; i < ENTRIES; i++) {
                    if (i % EVERY_GOOD == 0) {
                        good.add("good-" + i);
                        redis.add(
                                PLAN,
                                "plan_id",
                                "good-" + i,
                                "symbol",
                                "BTCUSDT",
                                "action",
                                "HOLD",
                                "decision",
                                "SKIP");
                    }
                    bytes.add(STREAMS.get(random.nextInt(STREAMS.size())), entry(random));
                }
                until(() -> good.stream().allMatch(plan -> redis.number("EXISTS", BY_PLAN + plan) == 1));
                chain.finish();

                for (String stage : List.of("heat_gate", "publish_plan_post")) {
                    addsUp(chain, redis, stage, PLAN);
                }
                addsUp(chain, redis, "heat_bridge", DECISION);
                addsUp(chain, redis, "portfolio_heat_gate", PROPOSAL);
                addsUp(chain, redis, "reconcile_close_consume", RECONCILE);
                assertThat(chain.counter("heatwire_stage_failures_total"))
                        .as("no stage had to start again: "
                                + log.from(Level.WARN).stream()
                                        .filter(line -> line.startsWith("starting again"))
                                        .toList())
                        .isZero();
                assertThat(chain.counter("heatwire_entries_dead_total")).isGreaterThan(50);
            }
            assertThat(log.from(Level.TRACE)).hasSizeGreaterThan(ENTRIES);
            assertThat(log.traces())
                    .as("traces other than the operator's")
                    .allSatisfy(line -> assertThat(line).startsWith("operator "));
            assertThat(log.from(Level.TRACE))
                    .allSatisfy(line -> assertThat(line.codePoints().noneMatch(Character::isISOControl))
                            .as(line)
                            .isTrue());
            assertThat(log.from(Level.TRACE))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(13_000));
        }
    }

    /** A value of more than a megabyte, ten thousand fields, one name a thousand times. */
    private static void huge(TestRedis redis) {
        redis.add(PLAN, "plan_id", "x".repeat(1_200_000), "symbol", "BTCUSDT", "action", "HOLD");
        redis.add(PLAN, "plan_id", "huge", "symbol", "y".repeat(1_200_000), "action", "z".repeat(1_200_000));
        String[] fields = new String[20_000];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = i == 0 ? "plan_id" : "field-" + i;
            fields[i + 1] = "many";
        }
        redis.add(PLAN, fields);
        redis.add(DECISION, fields);
        String[] same = new String[2_000];
        for (int i = 0; i < same.length; i += 2) {
            same[i] = "plan_id";
            same[i + 1] = "same-" + i;
        }
        redis.add(PLAN, same);
        redis.add(RECONCILE, same);
    }

    /** Each value as the plan's id, and in every field that anybody reads, on every stream. */
    private static void eachValueEverywhere(ByteWriter bytes, Random random) {
        for (Function<Random, byte[]> value : VALUES) {
            List<byte[]> alone = List.of("plan_id".getBytes(UTF_8), value.apply(random));
            List<byte[]> all = new ArrayList<>();
            NAMES.forEach(name -> all.addAll(List.of(name.getBytes(UTF_8), value.apply(random))));
            for (String stream : STREAMS) {
                bytes.add(stream, alone);
                bytes.add(stream, all);
            }
        }
    }

    private static List<byte[]> entry(Random random) {
        List<byte[]> entry = new ArrayList<>();
        int fields = 1 + random.nextInt(12);
        for (int i = 0; i < fields; i++) {
            boolean isKnown = random.nextInt(10) < 8;
            entry.add(
                    isKnown
                            ? NAMES.get(random.nextInt(NAMES.size())).getBytes(UTF_8)
                            : bytes(random, 1 + random.nextInt(9)));
            entry.add(VALUES.get(random.nextInt(VALUES.size())).apply(random));
        }
        return entry;
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Every entry of the stream is an effect or a dead letter with a reason, and was read once. */
    private static void addsUp(LiveChain chain, TestRedis redis, String stage, String stream) {
        double dead = chain.counter("heatwire_entries_dead_total", "stage", stage);
        double ended = chain.counter("heatwire_entries_committed_total", "stage", stage)
                + chain.counter("heatwire_entries_duplicate_total", "stage", stage)
                + dead;
        assertThat(ended).as(stage).isEqualTo(redis.number("XLEN", stream));
        String letters = stream + ":dead:" + stage;
        assertThat((double) redis.number("XLEN", letters)).as(letters).isEqualTo(dead);
        assertThat(redis.entries(letters))
                .allSatisfy(letter -> assertThat(letter).containsKeys("heatwire_reason", "heatwire_source_id"));
    }
}
