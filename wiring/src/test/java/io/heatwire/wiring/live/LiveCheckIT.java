package io.heatwire.wiring.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.SmallCatalog;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Each finding of a look at the running system, on a real Redis. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LiveCheckIT extends LiveCheckOnRedis {

    /** Codes that no server of this test shows: one older than 7.0 is not at hand, and a full one is a matter of its machine. */
    private static final Set<String> SEEN = new TreeSet<>(Set.of("L040"));

    /** The codes as they were first seen, each with the parts without which it was missed then. */
    private static final Map<String, Set<String>> PARTS_OF_CODE = new TreeMap<>();

    @TempDir
    private Path directory;

    @Test
    void aDormantStreamIsFoundAndTheActiveOneNamed() {
        redis.command("XADD", PLANS, "1700000000000-0", "plan_id", "1", "symbol", "x");
        for (int n = 0; n < 14; n++) {
            redis.add("apply.plan", "plan_id", "a" + n, "symbol", "BTCUSDT");
            redis.add("other", "price", "1");
        }

        LiveReport report = small();

        Problem dormant = only(report, "L003");
        assertThat(dormant.line()).isEqualTo(8);
        assertThat(dormant.what())
                .contains("is dormant: the last entry came ", " d ")
                .contains("at most 5 min");
        assertThat(dormant.instead())
                .matches("did you mean apply\\.plan \\(14 entries a minute, the last .* ago\\)\\?");
        assertThat(dormant.related()).hasSize(4);
        assertThat(report.refusing()).contains(dormant);
    }

    @Test
    void anEmptyStreamThatAGroupMadeCountsAsNotThere() {
        redis.command("XGROUP", "CREATE", PLANS, "sort", "0", "MKSTREAM");

        assertThat(only(small(), "L002").what()).endsWith("was never written");
    }

    @Test
    void keysOfOtherTypesAreFoundAlsoBehindTemplatesAndAmongOurOwn() {
        plan();
        redis.command("SET", "my:sorted", "a string");
        redis.command("SET", "my:file:1", "a string");
        redis.command("HSET", "my:file:2", "plan_id", "2", "level", "x");
        redis.command("SET", "my:file:not:ours", "has a colon more");
        redis.command("PEXPIRE", "my:file:1", "500000");
        redis.command("PEXPIRE", "my:file:2", "500000");
        redis.command("SET", PLANS + ":dead:sort", "a string");

        LiveReport report = small();

        assertThat(codes(report)).containsOnly("L001");
        assertThat(report.refusing()).hasSize(3);
        assertThat(report.findings().toString())
                .contains("'my:sorted' is a string", "'my:file:1' is a string (as are 1 of 2", "dead:sort");
    }

    @Test
    void aConsumerThatIsNotOursInOurGroupIsFound() {
        plan();
        redis.command("XGROUP", "CREATE", PLANS, "sort", "0");
        redis.command("XREADGROUP", "GROUP", "sort", "stranger", "STREAMS", PLANS, ">");
        plan();
        redis.command("XREADGROUP", "GROUP", "sort", "another-engine", "STREAMS", PLANS, ">");
        redis.command("SET", PLANS + ":consumer:sort:another-engine", "its lease");

        Problem shared = only(small(), "L010");

        assertThat(shared.what()).contains("'stranger'").doesNotContain("another-engine");
        assertThat(shared.code().isWarning()).isTrue();
    }

    @Test
    void aFieldThatNoEntryHasIsFoundWithItsNearName() {
        redis.add(PLANS, "the_plan_id", "1", "symbol", "BTCUSDT", "kind", "x", "desk", "x", "action", "x");

        LiveReport report = small();

        assertThat(codes(report)).containsOnly("L020");
        assertThat(report.refusing()).hasSize(2);
        assertThat(report.refusing())
                .allSatisfy(problem -> assertThat(problem.instead()).contains("aliases: { the_plan_id: plan_id }"));
    }

    @Test
    void aFieldThatSomeEntriesLackOrHaveEmptyIsAWarningWithTheirNumber() {
        plan();
        redis.add(PLANS, "plan_id", "", "symbol", "BTCUSDT");
        for (int n = 0; n < 300; n++) {
            redis.add(PLANS, "plan_id", "2", "symbol", "BTCUSDT");
        }
        assertThat(codes(small())).as("the newest 200 are fine").isEmpty();
        redis.add(PLANS, "plan_id", "", "symbol", "BTCUSDT");

        LiveReport report = small();

        assertThat(codes(report)).containsOnly("L021");
        assertThat(report.findings().get(0).what()).contains("plan_id (missing in 1), of the newest 200 entries");
        assertThat(report.refusing()).isEmpty();
    }

    @Test
    void aFieldThatAnExpressionNeedsHasToArriveAndOneThatItAsksForNeedNot() throws IOException {
        redis.add("readings", "sensor", "s1", "celsius", "");

        assertThat(codes(warm("has(event.humidity) && event.celsius == \"\""))).isEmpty();
        LiveReport report = warm("event.celsius == event.humidty");

        assertThat(only(report, "L020").what()).contains("needs humidty (missing in 1)");
        assertThat(report.refusing()).hasSize(1);
        redis.add("readings", "sensor", "s1", "celsius", "", "humidty", "");
        assertThat(only(warm("event.celsius == event.humidty"), "L021").what())
                .contains("needs humidty (missing in 1), of the newest 2 entries");
    }

    private LiveReport warm(String where) throws IOException {
        String text = """
                heatwire: 1
                redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD}" }
                streams:
                  readings: { key: readings, external: sensors, pace_s: none }
                  warm: { key: warm, keep: 100, terminal: true }
                stages:
                  warm: { operator: filter, in: readings, out: { out: warm }, settings: { where: 'WHERE' } }
                """;
        Path file = Files.writeString(directory.resolve("warm.yaml"), text.replace("WHERE", where));
        return check(load(file, OperatorCatalog.all(), Map.of()), redis.plan());
    }

    @Test
    void keysThatLiveTooLongAreFound() {
        plan();
        redis.command("HSET", "my:file:1", "plan_id", "1", "level", "x");
        redis.command("HSET", "my:last:BTCUSDT", "plan_id", "1", "ts", "1");
        redis.command("PEXPIRE", "my:last:BTCUSDT", "700000");

        LiveReport report = small();

        assertThat(codes(report)).containsOnly("L030");
        assertThat(codes(report)).hasSize(2);
        assertThat(report.findings().toString()).contains("never expire", "live for another 11 min", "ttl_sec");
    }

    @Test
    void keysWithoutWhatIsLookedUpAreFound() {
        plan();
        redis.command("HSET", "my:state", "equity_usd", "1");

        Problem nothing = only(small(), "L031");

        assertThat(nothing.instead()).contains("equity_usd for equity");
    }

    @Test
    void aFieldThatIsLookedUpAndNowhereThereIsAWarning() {
        redis.command("HSET", "quantum:state:portfolio", "equity", "1");
        redis.command("HSET", "quantum:portfolio:state", "ts_epoch", "1");

        LiveReport report = check(load(SHIPPED, OperatorCatalog.all(), Map.of()), redis.plan());

        assertThat(codes(report)).contains("L032");
    }

    @Test
    void aServerThatEvictsOrIsNearlyFullIsFound() {
        plan();
        redis.command("CONFIG", "SET", "maxmemory-policy", "volatile-lru");
        assertThat(codes(small())).as("without a limit nothing is evicted").isEmpty();
        redis.command("CONFIG", "SET", "maxmemory", "1200000");

        LiveReport report = small();
        redis.command("CONFIG", "SET", "maxmemory", "0");

        assertThat(codes(report)).containsOnly("L041", "L043");
        assertThat(report.refusing()).extracting(Problem::code).containsExactly(ProblemCode.SERVER_EVICTS);
    }

    @Test
    void whatTheTimeDoesNotSufficeForIsSaid() {
        plan();
        WiringPlan wiring = load(SMALL, SmallCatalog.ALL, Map.of());
        RedisAccess access = RedisAccess.connect(redis.plan()).block(PATIENCE);
        try {
            redis.command("CLIENT", "PAUSE", "1500", "ALL");
            LiveReport report =
                    wiring.live().run(access, Duration.ofMillis(300)).block(PATIENCE);

            assertThat(only(report, "L051").what()).contains("was over before types, liveness");
        } finally {
            access.close().block(PATIENCE);
        }
    }

    @Test
    void eachRightThatIsTakenAwayIsMissed() {
        plan();
        redis.command("HSET", "my:state", "equity", "1");
        redis.command("HSET", "my:file:1", "plan_id", "1", "level", "x");
        redis.command("PEXPIRE", "my:file:1", "500000");
        redis.command("XGROUP", "CREATE", PLANS, "sort", "0");
        WiringPlan wiring = load(SMALL, SmallCatalog.ALL, Map.of());
        Rights rights = Rights.of(wiring.engine());
        List<String> rules = Stream.concat(rights.keyRules().stream(), rights.commandRules().stream())
                .toList();
        assertThat(rules).hasSizeGreaterThan(45);
        for (String taken : rules) {
            setUser(wiring, rule -> !rule.equals(taken));

            assertThat(codes(check(wiring, asUser()))).as(taken).containsAnyOf("L050", "L051");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void everyCodeWasSeenHere() {
        assertThat(SEEN)
                .containsAll(Arrays.stream(ProblemCode.values())
                        .filter(ProblemCode::isLive)
                        .map(ProblemCode::id)
                        .toList());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void everyCodeIsMissedWithoutItsPartAndEveryPartFindsOne() {
        assertThat(PARTS_OF_CODE.get("L051")).as("said of all parts").isEmpty();
        assertThat(PARTS_OF_CODE)
                .allSatisfy((code, parts) -> assertThat(parts).as(code).hasSize(code.equals("L051") ? 0 : 1));
        assertThat(PARTS_OF_CODE.values().stream().flatMap(Set::stream)).containsAll(LiveCheck.parts());
    }

    @Override
    void seen(LiveReport report, WiringPlan wiring, RedisAccess access) {
        for (Problem problem : report.findings()) {
            if (SEEN.add(problem.code().id())) {
                PARTS_OF_CODE.put(problem.code().id(), needed(problem.code(), wiring, access));
            }
        }
    }

    /** The parts without which nobody finds it. */
    private static Set<String> needed(ProblemCode code, WiringPlan wiring, RedisAccess access) {
        return LiveCheck.parts().stream()
                .filter(out -> wiring.live().without(out, access, PATIENCE).block(PATIENCE).findings().stream()
                        .noneMatch(problem -> problem.code() == code))
                .collect(Collectors.toSet());
    }
}
