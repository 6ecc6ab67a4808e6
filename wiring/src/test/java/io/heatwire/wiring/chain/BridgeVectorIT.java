package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.engine.TestRedis;
import io.heatwire.operators.heatbridge.BridgeCase;
import io.heatwire.operators.heatbridge.BridgeCase.Step;
import io.heatwire.operators.heatbridge.BridgeExpectation;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.wiring.WiringResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded cases of the heat bridge through the shipped stage on a real Redis, step by step. */
class BridgeVectorIT {

    private static final String STAGE = "heat_bridge";
    private static final int PLAIN_CASES = 36;
    private static final Set<String> ON_THE_STREAM = Set.of("XREADGROUP", "XGROUP", "XADD", "XTRIM");

    private static TestRedis redis;
    private static VectorRedis vectors;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
        vectors = new VectorRedis(redis);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @TestFactory
    Stream<DynamicTest> writesInRedisAsRecordedOrAsTheDeparturesSay() {
        return VectorSample.tests(
                "bridge.jsonl", PLAIN_CASES, BridgeVectorIT::isExpressible, vector -> new Run(vector).check());
    }

    /**
     * A command of the engine cannot be made to fail from outside. The engine reads whatever is there: what a case leaves unread
     * must be at its end. Once the stage runs nobody can slip in between an append and its read.
     */
    private static boolean isExpressible(GoldenVectors.Case vector) {
        BridgeCase given = new BridgeCase(vector);
        if (given.refused() || given.env.containsValue("")) {
            return !given.env.containsValue("");
        }
        return !LiveStage.isBeyondTheFile(redis, environment(given), STAGE) && canBePlayed(given);
    }

    private static boolean canBePlayed(BridgeCase given) {
        int unread = 0;
        boolean running = false;
        for (Step step : given.steps()) {
            if (step instanceof Step.Fault) {
                return false;
            } else if (step instanceof Step.Append) {
                unread++;
            } else if (step instanceof Step.Read read) {
                if (unread > read.batches() * given.batch()) {
                    return false;
                }
                unread = 0;
                running = true;
            } else if (step instanceof Step.Command command && isInTheWay(given, command, running)) {
                return false;
            }
        }
        return running;
    }

    /** Somebody who touches the stream while the stage runs, or who puts something else in its place. */
    private static boolean isInTheWay(BridgeCase given, Step.Command command, boolean running) {
        boolean replaced = command.words().get(1).equals(given.input())
                && !Set.of("DEL", "XADD", "XTRIM").contains(command.words().get(0));
        return running && isOnTheStream(given, command) || replaced;
    }

    private static Map<String, String> environment(BridgeCase given) {
        Map<String, String> env = new HashMap<>(given.env);
        env.put("P27_STREAM_IN", given.input());
        if (!given.input().equals("quantum:stream:harvest.heat.decision")) {
            env.put("HEAT_STREAM_OUT", given.input());
        }
        return env;
    }

    private static boolean isOnTheStream(BridgeCase given, Step.Command command) {
        return ON_THE_STREAM.contains(command.words().get(0)) || command.words().contains(given.input());
    }

    /** One case: nothing runs before its first read; from then on entries appear when they are read. */
    private static final class Run {

        private final BridgeCase given;
        private final BridgeExpectation expected;
        private final Deque<JsonObject> raw = new ArrayDeque<>();
        private final Deque<Entry> unread = new ArrayDeque<>();
        private final Map<String, Long> ttls = new HashMap<>();
        private @Nullable LiveStage stage;
        private volatile long nowMs;
        private int settled;

        private record Entry(Optional<Map<String, String>> fields, JsonObject raw, long atMs) {}

        Run(GoldenVectors.Case vector) {
            given = new BridgeCase(vector);
            expected = new BridgeExpectation(given);
            nowMs = vector.nowMs();
            for (JsonElement step : vector.given().getAsJsonArray("steps")) {
                if (step.getAsJsonObject().has("xadd")) {
                    raw.add(step.getAsJsonObject().getAsJsonObject("xadd"));
                }
            }
        }

        void check() {
            WiringResult wiring = LiveStage.load(redis, environment(given), STAGE);
            if (given.refused()) {
                assertThat(wiring).isInstanceOf(WiringResult.Refused.class);
                return;
            }
            vectors.clear();
            redis.command("XGROUP", "CREATE", given.input(), group(), "0", "MKSTREAM");
            given.steps().forEach(step -> take(step, wiring));
            LiveStage last = stage == null ? LiveStage.start(redis, LiveStage.plan(wiring), () -> nowMs) : stage;
            try (last) {
                last.settles(settled);
                expected.verify(last.world(ttls.values().toArray(new Long[0])));
            }
        }

        private void take(Step step, WiringResult wiring) {
            if (step instanceof Step.Clock clock) {
                nowMs = clock.nowMs();
            } else if (step instanceof Step.Append append) {
                append(new Entry(append.fields(), raw.remove(), nowMs));
            } else if (step instanceof Step.Command command) {
                command(command.words());
            } else {
                read(wiring);
            }
        }

        private void append(Entry entry) {
            if (stage == null) {
                long atMs = vectors.append(given.input(), entry.atMs(), entry.raw());
                unread.add(new Entry(entry.fields(), entry.raw(), atMs));
            } else {
                unread.add(entry);
            }
        }

        private void read(WiringResult wiring) {
            boolean first = stage == null;
            for (Entry entry : unread) {
                long atMs = first ? entry.atMs() : vectors.append(given.input(), entry.atMs(), entry.raw());
                expected.entry(entry.fields(), atMs, nowMs);
            }
            settled += unread.size();
            unread.clear();
            LiveStage running = first ? LiveStage.start(redis, LiveStage.plan(wiring), () -> nowMs) : stage;
            stage = running;
            running.settles(settled);
        }

        private void command(List<String> words) {
            vectors.runWords(words);
            expected.command(words);
            if (words.get(0).equals("EXPIRE")) {
                ttls.put(words.get(1), Long.parseLong(words.get(2)) * 1000);
            }
            if (words.get(0).equals("DEL") && words.contains(given.input())) {
                unread.clear();
            }
            if (words.get(0).equals("XREADGROUP")) {
                abandon(words.get(3));
            }
        }

        /** What a consumer holds is taken over only after some time: let it have passed. */
        private void abandon(String consumer) {
            for (Object row : (List<?>) redis.command("XPENDING", given.input(), group(), "-", "+", "100")) {
                String id = (String) ((List<?>) row).get(0);
                redis.command("XCLAIM", given.input(), group(), consumer, "0", id, "IDLE", "60000", "JUSTID");
            }
        }

        private String group() {
            return given.env.getOrDefault("P27_GROUP", "heat_bridge");
        }
    }
}
