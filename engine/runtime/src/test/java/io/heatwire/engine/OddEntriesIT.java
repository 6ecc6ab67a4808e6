package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.Status;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Entries as no sane producer writes them: every one of them is committed, a duplicate, or a dead letter, and counted. */
class OddEntriesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Appends one entry of the kind that ARGV[1] names; ARGV[2] is its number. */
    private static final String FEED = """
            local kind, n = ARGV[1], ARGV[2]
            local a = {'XADD', KEYS[1], '*', 'n', n}
            local function add(...) for _, v in ipairs({...}) do a[#a + 1] = v end end
            if kind == 'empty' then a[5] = ''
            elseif kind == 'empty_values' then add('symbol', '', 'ts', '', '', '')
            elseif kind == 'nan' then add('ts', 'NaN')
            elseif kind == 'infinite' then add('ts', '1e999', 'symbol', '-inf')
            elseif kind == 'huge' then add('symbol', string.rep('x', 1048576))
            elseif kind == 'binary' then add('symbol', string.char(0, 1, 255, 254, 128))
            elseif kind == 'bad_name' then add(string.char(195, 40), 'x')
            elseif kind == 'overlong' then add('symbol', string.char(192, 175))
            elseif kind == 'surrogate' then add('symbol', string.char(237, 160, 128))
            elseif kind == 'repeated' then add('n', n, 'symbol', 'a', 'symbol', 'b')
            elseif kind == 'again' then a[5] = '0'
            elseif kind == 'poison' then a[5] = 'poison' .. n
            elseif kind == 'alias' then a[4] = 'number' add('n', '')
            elseif kind == 'lines' then add('symbol', "a\\r\\n b{x}' \\\\ \\0 c")
            elseif kind == 'more' then add('more', string.rep('y', 100))
            elseif kind == 'none' then a[4] = 'm' end
            redis.call(unpack(a))
            return 1
            """;

    private static final List<String> KINDS = List.of(
            "plain",
            "empty",
            "empty_values",
            "nan",
            "infinite",
            "binary",
            "bad_name",
            "overlong",
            "surrogate",
            "repeated",
            "again",
            "poison",
            "alias",
            "lines",
            "more",
            "none");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void commitsOrBuriesAndCountsEveryOddEntry() {
        try (TestRedis redis = TestRedis.start()) {
            redis.command("SET", "by_id:77", "in the way");
            Engine engine = Engine.of(
                    TestOperators.plan(
                            redis.plan(),
                            new Policy.Keep(1_000_000),
                            TestOperators.copyStage(TestOperators.source("c"), java.util.Map.of())),
                    registry);
            engine.start().block(PATIENCE);
            long fed = feed(redis);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(engine.health().stages().get(0).committed())
                                    .isEqualTo(fed));
            assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
            assertThat(engine.health().stages().get(0).status()).isEqualTo(Status.OK);
            engine.drain().block(PATIENCE);

            double committed = counted("heatwire_entries_committed_total");
            double dead = counted("heatwire_entries_dead_total");
            assertThat(committed + counted("heatwire_entries_duplicate_total") + dead)
                    .isEqualTo(fed);
            assertThat(redis.number("XLEN", "out")).isEqualTo((long) committed);
            assertThat(redis.number("XLEN", "in:dead:copy")).isEqualTo((long) dead);
            assertThat(redis.pending("in", "g")).isZero();
            assertThat(counted("heatwire_entries_refused_total")).isZero();
            assertThat(dead).isGreaterThan(100);
        }
    }

    private static long feed(TestRedis redis) {
        Random random = new Random(7);
        long fed = 0;
        for (int n = 0; n < 400; n++) {
            String kind = n % 100 == 50 ? "huge" : KINDS.get(random.nextInt(KINDS.size()));
            redis.command("EVAL", FEED, "1", "in", kind, "" + n);
            fed++;
        }
        // As many fields as a script can pass on, more than that, and both where the operator copies them all.
        for (int fields : List.of(3000, 5000)) {
            redis.add("in", wide("wide" + fields, fields, "none"));
            redis.add("in", wide("wide_copied" + fields, fields, "all"));
            redis.add("in", wide("", fields, "none"));
            fed += 3;
        }
        return fed;
    }

    private static String[] wide(String n, int fields, String more) {
        String[] pairs = new String[2 * fields];
        Arrays.fill(pairs, "");
        pairs[0] = "n";
        pairs[1] = n;
        pairs[2] = "more";
        pairs[3] = more;
        for (int i = 2; i < fields; i++) {
            pairs[2 * i] = "f" + i;
        }
        return pairs;
    }

    private double counted(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
