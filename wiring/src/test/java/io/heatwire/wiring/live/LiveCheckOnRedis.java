package io.heatwire.wiring.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.wiring.SmallCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A look at a running system on a real Redis that is empty before each test. */
abstract class LiveCheckOnRedis {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Path SMALL = Path.of("src/test/resources/live.yaml");
    static final Path SHIPPED = Path.of("../ops/etc/heatwire.yaml");
    static final String PLANS = "apply.plan.v1";
    static final Set<String> ALWAYS_HERE = Set.of("L042");
    static TestRedis redis;

    @BeforeAll
    static void start() {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.command("FLUSHALL");
        redis.command("CONFIG", "SET", "maxmemory", "0");
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    }

    static void plan() {
        redis.add(PLANS, "plan_id", "1", "symbol", "BTCUSDT");
    }

    LiveReport small() {
        return check(load(SMALL, SmallCatalog.ALL, Map.of()), redis.plan());
    }

    static WiringPlan load(Path file, List<OperatorSpec> catalog, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("REDIS_HOST", redis.server().host());
        environment.put("REDIS_PORT", Integer.toString(redis.server().port()));
        environment.put("REDIS_PASSWORD", redis.server().password());
        WiringResult result = Wiring.load(file, environment, catalog);
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return ((WiringResult.Ready) result).plan();
    }

    /** Looks with these rights; each report is given to {@link #seen}. */
    LiveReport check(WiringPlan wiring, RedisPlan as) {
        RedisAccess access = RedisAccess.connect(as).block(PATIENCE);
        try {
            LiveReport report = wiring.live().run(access, PATIENCE).block(PATIENCE);
            seen(report, wiring, access);
            return report;
        } finally {
            access.close().block(PATIENCE);
        }
    }

    /** For a test that wants to know more of what was found. */
    void seen(LiveReport report, WiringPlan wiring, RedisAccess access) {}

    /** All but what the server of a test always has. */
    static List<String> codes(LiveReport report) {
        return report.findings().stream()
                .map(problem -> problem.code().id())
                .filter(id -> !ALWAYS_HERE.contains(id))
                .toList();
    }

    static Problem only(LiveReport report, String id) {
        assertThat(codes(report)).containsExactly(id);
        return report.findings().stream()
                .filter(problem -> problem.code().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static void setUser(WiringPlan wiring, Predicate<String> keep) {
        Rights rights = Rights.of(wiring.engine());
        String[] words = Stream.of(
                        Stream.of("SETUSER", "least", "reset", "on", ">secret"),
                        rights.keyRules().stream().filter(keep),
                        rights.commandRules().stream().filter(keep))
                .flatMap(part -> part)
                .toArray(String[]::new);
        assertThat(redis.command("ACL", words)).isEqualTo("OK");
    }

    static RedisPlan asUser() {
        return new RedisPlan(redis.plan().host(), redis.plan().port(), 0, "least", "secret", false, 3000);
    }
}
