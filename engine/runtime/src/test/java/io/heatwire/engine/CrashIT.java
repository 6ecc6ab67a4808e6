package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Engines killed, frozen past the idle time so that others take their entries over, woken again, all while entries flow. Without
 * once-guards: only the gate stands between a redelivery and a double effect.
 */
class CrashIT {

    private static final int ENTRIES = 6000;

    /** What came out: how often each number, and how many numbers. */
    private record Result(long outputs, int distinct, long pending) {}

    @Test
    void losesAndDoublesNothingWhenEnginesAreKilledAndFrozen() throws Exception {
        Result result = run(true);
        assertThat(result).isEqualTo(new Result(ENTRIES, ENTRIES, 0));
    }

    @Test
    void doublesEffectsWhenTheGateIsSwitchedOff() throws Exception {
        Result result = run(false);
        assertThat(result.distinct()).isEqualTo(ENTRIES);
        assertThat(result.outputs())
                .as("the negative control: this test must be able to fail")
                .isGreaterThan(ENTRIES);
    }

    private static Result run(boolean gated) throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            Map<String, EngineProcess> engines = new HashMap<>();
            try {
                for (String consumer : List.of("a", "b", "c")) {
                    engines.put(consumer, EngineProcess.start(redis.plan(), consumer, gated));
                }
                harass(redis, engines, gated);
                await().atMost(Duration.ofSeconds(60)).until(() -> isDone(redis));
            } finally {
                for (EngineProcess engine : engines.values()) {
                    engine.kill();
                }
            }
            List<String> numbers =
                    redis.entries("out").stream().map(entry -> entry.get("n")).toList();
            return new Result(numbers.size(), new HashSet<>(numbers).size(), redis.pending("in", "g"));
        }
    }

    private static void harass(TestRedis redis, Map<String, EngineProcess> engines, boolean gated) throws Exception {
        Random random = new Random(42);
        await().atMost(Duration.ofSeconds(30)).until(() -> groupExists(redis));
        int sent = 0;
        for (int round = 0; round < 12; round++) {
            String consumer = List.of("a", "b", "c").get(random.nextInt(3));
            EngineProcess victim = engines.get(consumer);
            sent = feed(redis, sent, sent + ENTRIES / 24);
            boolean freeze = round % 3 != 2;
            if (freeze) {
                victim.signal("STOP");
            } else {
                victim.kill();
            }
            sent = feed(redis, sent, sent + ENTRIES / 24);
            // What it holds is idle by now: the others take it over while it cannot know.
            await().atMost(Duration.ofSeconds(20)).until(() -> heldBy(redis, consumer) == 0);
            if (freeze) {
                victim.signal("CONT");
            } else {
                engines.put(consumer, EngineProcess.start(redis.plan(), consumer, gated));
            }
        }
        assertThat(sent).isEqualTo(ENTRIES);
    }

    private static int feed(TestRedis redis, int from, int to) {
        String script = "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do "
                + "redis.call('XADD', KEYS[1], '*', 'n', n, 'symbol', 'S' .. n % 5, 'ts', n) end return 1";
        redis.command("EVAL", script, "1", "in", "" + from, "" + to);
        return to;
    }

    private static long heldBy(TestRedis redis, String consumer) {
        return ((List<?>) redis.command("XPENDING", "in", "g", "-", "+", "10", consumer)).size();
    }

    private static boolean groupExists(TestRedis redis) {
        return redis.number("EXISTS", "in") == 1 && !((List<?>) redis.command("XINFO", "GROUPS", "in")).isEmpty();
    }

    private static boolean isDone(TestRedis redis) {
        Map<Object, Object> group = columns((List<?>) ((List<?>) redis.command("XINFO", "GROUPS", "in")).get(0));
        return Long.valueOf(0).equals(group.get("lag")) && Long.valueOf(0).equals(group.get("pending"));
    }

    private static Map<Object, Object> columns(List<?> flat) {
        return java.util.stream.IntStream.range(0, flat.size() / 2)
                .boxed()
                .collect(Collectors.toMap(i -> flat.get(2 * i), i -> flat.get(2 * i + 1)));
    }
}
