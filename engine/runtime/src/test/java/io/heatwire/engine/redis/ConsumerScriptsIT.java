package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestRedis;
import io.heatwire.engine.link.HandedBack;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lease of a consumer's name, what it hands back, and its removal, on a real server. */
class ConsumerScriptsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LEASE = "in:consumer:g:c";
    private static final SourcePlan.FromStream SOURCE =
            new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());

    private TestRedis redis;
    private RedisLinks links;
    private StageLink link;

    @BeforeEach
    void open() {
        redis = TestRedis.start();
        links = new RedisLinks(redis.plan());
        link = links.open(SOURCE, "return 1").block(PATIENCE);
    }

    @AfterEach
    void close() {
        link.close().block(PATIENCE);
        links.close().block(PATIENCE);
        redis.close();
    }

    private String take(String owner, String ended) {
        return link.takeName(owner, ended).block(PATIENCE);
    }

    private void deliver(int from, int to, String consumer) {
        String feed = "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do "
                + "redis.call('XADD', KEYS[1], '*', 'n', n) end return 1";
        redis.command("EVAL", feed, "1", "in", "" + from, "" + to);
        redis.command("XREADGROUP", "GROUP", "g", consumer, "COUNT", "" + (to - from), "STREAMS", "in", ">");
    }

    private List<HandedBack> handBack(String owner) {
        return link.handBack(owner).collectList().block(PATIENCE);
    }

    /** Pending entries of a consumer that have been idle this long. */
    private List<?> idle(long ms, String consumer) {
        return (List<?>) redis.command("XPENDING", "in", "g", "IDLE", "" + ms, "-", "+", "10000", consumer);
    }

    @Test
    void givesANameToOneOwnerAndKeepsItForTenSeconds() {
        assertThat(take("one", "")).isEqualTo("one");
        assertThat(redis.number("PTTL", LEASE)).isBetween(5_000L, 10_000L);
        assertThat(take("two", "")).isEqualTo("one");
        redis.command("PEXPIRE", LEASE, "3000");
        assertThat(take("one", "")).isEqualTo("one");
        assertThat(redis.number("PTTL", LEASE)).as("renewed").isGreaterThan(3_000L);
    }

    @Test
    void givesTheNameOfAnOwnerThatHasEndedToTheNext() {
        take("one", "");
        assertThat(take("two", "another")).isEqualTo("one");
        assertThat(take("two", "one")).isEqualTo("two");
        assertThat(take("three", "one"))
                .as("only one of those who saw it end gets the name")
                .isEqualTo("two");
    }

    @Test
    void takesTheNameFromItsOwnerOnlyByItsOwnWord() {
        take("one", "");
        link.releaseName("two").block(PATIENCE);
        assertThat(redis.command("GET", LEASE)).isEqualTo("one");
        link.releaseName("one").block(PATIENCE);
        assertThat(redis.number("EXISTS", LEASE)).isZero();
    }

    @Test
    void handsBackEveryPageOfWhatIsPendingAndLeavesCountsAndOthersAlone() {
        deliver(0, 450, "c");
        deliver(450, 460, "other");
        assertThat(handBack("one"))
                .containsExactly(new HandedBack(200, 0), new HandedBack(200, 0), new HandedBack(50, 0));
        assertThat(idle(24 * 3_600_000L, "c"))
                .hasSize(450)
                .allSatisfy(row ->
                        assertThat(((List<?>) row).get(3)).as("deliveries").isEqualTo(1L));
        assertThat(idle(60_000, "other")).isEmpty();
        assertThat(redis.pending("in", "g")).isEqualTo(460);
    }

    @Test
    void leavesAnEntryPendingThatTheStreamNoLongerHas() {
        deliver(0, 5, "c");
        redis.command("XTRIM", "in", "MAXLEN", "3");
        assertThat(handBack("one")).containsExactly(new HandedBack(3, 2));
        assertThat(redis.pending("in", "g"))
                .as("a loss is for a reader to count, not for a script to hide")
                .isEqualTo(5);
    }

    @Test
    void handsNothingBackUnderANameThatAnotherHas() {
        deliver(0, 5, "c");
        redis.command("SET", LEASE, "two");
        assertThat(handBack("one")).containsExactly(new HandedBack(0, 0));
        assertThat(idle(60_000, "c")).isEmpty();
    }

    @Test
    void worksWhenMemoryIsFull() {
        deliver(0, 5, "c");
        redis.command("CONFIG", "SET", "maxmemory", "1");
        assertThat(take("one", "")).isEqualTo("one");
        assertThat(handBack("one")).containsExactly(new HandedBack(5, 0));
        link.releaseName("one").block(PATIENCE);
        assertThat(redis.number("EXISTS", LEASE)).isZero();
    }

    @Test
    void worksAgainAfterTheScriptsWereForgotten() {
        take("one", "");
        redis.command("SCRIPT", "FLUSH");
        assertThat(take("two", "")).isEqualTo("one");
        assertThat(handBack("one")).containsExactly(new HandedBack(0, 0));
    }

    @Test
    void removesAConsumerOnlyWhenItHoldsNothingAndNobodyUsesIt() {
        var control = links.openControl().block(PATIENCE);
        redis.command("XGROUP", "CREATECONSUMER", "in", "g", "idle");
        redis.command("XGROUP", "CREATECONSUMER", "in", "g", "leased");
        redis.command("SET", "in:consumer:g:leased", "somebody");
        deliver(0, 1, "holder");
        assertThat(control.removeIdleConsumer("in", "g", "idle", 60_000).block(PATIENCE))
                .as("not idle for long enough")
                .isFalse();
        for (String kept : List.of("leased", "holder", "unknown")) {
            assertThat(control.removeIdleConsumer("in", "g", kept, 0).block(PATIENCE))
                    .as(kept)
                    .isFalse();
        }
        assertThat(control.removeIdleConsumer("in", "g", "idle", 0).block(PATIENCE))
                .isTrue();
        assertThat(redis.pending("in", "g")).isEqualTo(1);
        control.close().block(PATIENCE);
    }
}
