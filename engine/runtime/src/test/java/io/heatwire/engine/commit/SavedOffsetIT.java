package io.heatwire.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.commit.CommitReply.Offset;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.redis.RedisLinks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The offset each commit saves, on a real server. */
class SavedOffsetIT {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String KEY = "in:offset:g";
    private static final Output.ToStream OUT = new Output.ToStream("out", List.of("n"), false, "");

    private static final OperatorSpec SPEC = new OperatorSpec(
            "copy",
            "",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(),
            List.of(OUT),
            List.of(),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> {
                throw new IllegalStateException("not run here");
            });

    private static SourcePlan.FromStream source(String consumer) {
        return new SourcePlan.FromStream("in", "g", consumer, 100, 100, 30_000, 16, Map.of());
    }

    private static StagePlan stage(OperatorSpec spec) {
        return new StagePlan(
                "copy", spec, new OperatorConfig(Map.of(), Map.of()), source("c"), Map.of("out", "out"), "dead", 100);
    }

    private final CommitScript script = new CommitScript(stage(SPEC), true, Map.of());
    private TestRedis redis;
    private RedisLinks links;
    private StageLink one;
    private StageLink other;

    @BeforeEach
    void open() {
        redis = TestRedis.start();
        links = new RedisLinks(redis.plan());
        one = links.open(source("one"), script.text()).block(PATIENCE);
        other = links.open(source("other"), script.text()).block(PATIENCE);
    }

    @AfterEach
    void close() {
        one.close().block(PATIENCE);
        other.close().block(PATIENCE);
        links.close().block(PATIENCE);
        redis.close();
    }

    /** Entries 1-0, 2-0 and so on. */
    private void feed(int from, int to) {
        for (int id = from; id <= to; id++) {
            redis.command("XADD", "in", id + "-0", "n", "" + id);
        }
    }

    private static List<Entry> read(StageLink link, int entries) {
        List<Entry> found = link.fresh(entries, 100).block(PATIENCE).entries();
        assertThat(found).hasSize(entries);
        return found;
    }

    private CommitReply commit(StageLink link, List<Entry> entries) {
        return commit(script, link, entries, Outcome.apply(List.of(Effect.append(OUT, List.of("x"))), List.of()));
    }

    private static CommitReply commit(CommitScript script, StageLink link, List<Entry> entries, Outcome outcome) {
        List<Decided> decided = entries.stream()
                .map(entry -> new Decided(entry.id(), entry.event(), entry.deliveries(), outcome))
                .toList();
        return script.read(
                link.commit(new CommitEncoder(script).encode(decided)).block(PATIENCE));
    }

    private static Offset offset(CommitReply reply) {
        return ((CommitReply.Done) reply).offset();
    }

    private void accountIsClosed() {
        Map<String, String> saved = redis.hash(KEY);
        long account =
                Long.parseLong(saved.get("base")) + Long.parseLong(saved.get("settled")) + redis.pending("in", "g");
        assertThat(saved).containsEntry("read", "" + account);
    }

    @Test
    void savesWhereTheGroupStandsWithEachCommit() {
        feed(1, 10);
        List<Entry> entries = read(one, 10);
        assertThat(offset(commit(one, entries.subList(0, 4)))).isEqualTo(Offset.SAVED);
        assertThat(redis.hash(KEY))
                .isEqualTo(Map.of(
                        "last",
                        "10-0",
                        "low",
                        "4-18446744073709551615",
                        "top",
                        "4-0",
                        "held",
                        "6",
                        "read",
                        "10",
                        "settled",
                        "4",
                        "base",
                        "0",
                        "account",
                        "0  "));
        assertThat(offset(commit(one, entries.subList(4, 10)))).isEqualTo(Offset.SAVED);
        assertThat(redis.hash(KEY))
                .containsEntry("low", "10-0")
                .containsEntry("held", "0")
                .containsEntry("settled", "10");
        accountIsClosed();
    }

    @Test
    void savesTheIdsOfPendingEntriesWhileSomethingAboveThemIsSettled() {
        feed(1, 9);
        List<Entry> first = read(one, 3);
        List<Entry> second = read(other, 3);
        read(one, 3);
        commit(other, second.subList(1, 2));
        assertThat(redis.hash(KEY))
                .containsEntry("pending", "1-0 2-0 3-0 4-0 6-0 7-0 8-0 9-0")
                .containsEntry("top", "5-0");
        commit(one, first);
        assertThat(redis.hash(KEY)).containsEntry("pending", "4-0 6-0 7-0 8-0 9-0");
        commit(other, second);
        assertThat(redis.hash(KEY))
                .doesNotContainKey("pending")
                .containsEntry("low", "6-18446744073709551615")
                .containsEntry("last", "9-0");
        accountIsClosed();
    }

    @Test
    void savesNoIdsOfMoreThanAThousandPendingEntries() {
        redis.command(
                "EVAL", "for i = 1, 1011 do redis.call('XADD', KEYS[1], i .. '-0', 'n', i) end return 1", "1", "in");
        read(one, 1005);
        List<Entry> behind = read(other, 6);
        commit(other, behind.subList(0, 1));
        assertThat(redis.hash(KEY)).containsEntry("held", "1010").doesNotContainKey("pending");
        redis.command("XACK", "in", "g", "1-0", "2-0", "3-0", "4-0", "5-0", "6-0", "7-0", "8-0", "9-0");
        commit(other, behind.subList(1, 2));
        assertThat(redis.hash(KEY).get("pending").split(" ")).hasSize(1000);
    }

    @Test
    void countsWhatWentToTheDeadLettersAsSettled() {
        feed(1, 3);
        List<Entry> entries = read(one, 3);
        commit(script, one, entries.subList(0, 2), Outcome.dead("x"));
        assertThat(redis.hash(KEY)).containsEntry("settled", "2").containsEntry("low", "2-18446744073709551615");
    }

    @Test
    void opensTheAccountOfAGroupThatWasThereBefore() {
        feed(1, 20);
        redis.command("XREADGROUP", "GROUP", "g", "old", "COUNT", "12", "STREAMS", "in", ">");
        redis.command("XACK", "in", "g", "1-0", "2-0", "3-0");
        commit(one, read(one, 5));
        assertThat(redis.hash(KEY)).containsEntry("base", "3").containsEntry("read", "17");
        accountIsClosed();
    }

    @Test
    void saysOnceThatTheGroupWasSetBackAndFollowsIt() {
        feed(1, 10);
        List<Entry> entries = read(one, 10);
        commit(one, entries.subList(0, 8));
        redis.command("XGROUP", "SETID", "in", "g", "5-0");
        assertThat(offset(commit(one, entries.subList(8, 9)))).isEqualTo(Offset.REWOUND);
        assertThat(redis.hash(KEY)).containsEntry("last", "5-0").containsEntry("low", "5-0");
        List<Entry> again = read(one, 5);
        for (Entry entry : again) {
            assertThat(offset(commit(one, List.of(entry)))).isEqualTo(Offset.SAVED);
        }
        assertThat(redis.hash(KEY)).containsEntry("last", "10-0").containsEntry("low", "10-0");
        accountIsClosed();
    }

    @Test
    void noticesThatTheGroupWasSetBackWhenItHasPassedTheOldPlaceAlready() {
        feed(1, 10);
        commit(one, read(one, 10));
        redis.command("XGROUP", "SETID", "in", "g", "5-0");
        feed(11, 12);
        List<Entry> again = read(one, 7);
        assertThat(offset(commit(one, again.subList(0, 2)))).isEqualTo(Offset.REWOUND);
        assertThat(offset(commit(one, again.subList(2, 7)))).isEqualTo(Offset.SAVED);
        assertThat(redis.hash(KEY)).containsEntry("low", "12-0").doesNotContainKey("pending");
        accountIsClosed();
    }

    @Test
    void takesNoReplayForAGroupSetBackAmongItsPendingEntries() {
        feed(1, 10);
        List<Entry> entries = read(one, 10);
        commit(one, entries.subList(0, 4));
        redis.command("XGROUP", "SETID", "in", "g", "6-0");
        assertThat(offset(commit(one, entries.subList(4, 5)))).isEqualTo(Offset.SAVED);
    }

    @Test
    void answersThatTheOffsetIsNoHashBeforeItWritesAnything() {
        feed(1, 2);
        List<Entry> entries = read(one, 2);
        redis.command("SET", KEY, "in the way");
        assertThat(commit(one, entries)).isEqualTo(new CommitReply.BadKey(KEY, "hash"));
        assertThat(redis.pending("in", "g")).isEqualTo(2);
        assertThat(redis.number("EXISTS", "out")).isZero();
        redis.command("DEL", KEY);
        assertThat(offset(commit(one, entries))).isEqualTo(Offset.SAVED);
    }

    @Test
    void acknowledgesNothingWhileItMayNotAskWhereTheGroupStands() {
        feed(1, 2);
        List<Entry> entries = read(one, 2);
        for (String command : List.of("xinfo", "hmget")) {
            redis.command("ACL", "SETUSER", "default", "-" + command);
            assertThatThrownBy(() -> commit(one, entries))
                    .isInstanceOfSatisfying(
                            LinkException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(LinkException.Kind.REFUSED));
            redis.command("ACL", "SETUSER", "default", "+" + command);
            assertThat(redis.pending("in", "g")).isEqualTo(2);
        }
    }

    @Test
    void settlesEntriesWhoseOffsetCannotBeSavedAndSaysSo() {
        feed(1, 4);
        List<Entry> entries = read(one, 4);
        redis.command("ACL", "SETUSER", "default", "-hset");
        CommitReply reply = commit(one, entries.subList(0, 2));
        assertThat(offset(reply)).isEqualTo(Offset.UNSAVED);
        assertThat(((CommitReply.Done) reply).settled(1)).isEqualTo(Settled.COMMITTED);
        redis.command("ACL", "SETUSER", "default", "+hset");
        assertThat(offset(commit(one, entries.subList(2, 4)))).isEqualTo(Offset.SAVED);
        assertThat(redis.hash(KEY)).containsEntry("low", "4-0");
    }

    @Test
    void leavesTheSavedOffsetAloneWhenTheGroupIsGone() {
        feed(1, 6);
        List<Entry> entries = read(one, 6);
        commit(one, entries.subList(0, 3));
        Map<String, String> before = redis.hash(KEY);
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(((CommitReply.Done) commit(one, entries.subList(3, 5))).settled(1))
                .isEqualTo(Settled.REFUSED);
        redis.command("DEL", "in");
        assertThat(((CommitReply.Done) commit(one, entries.subList(3, 5))).settled(0))
                .isEqualTo(Settled.REFUSED);
        assertThat(redis.hash(KEY)).isEqualTo(before);
    }

    @Test
    void survivesASavedOffsetThatSomebodyHasWrittenIn() {
        feed(1, 4);
        List<Entry> entries = read(one, 4);
        redis.command("HSET", KEY, "last", "x", "low", "", "top", "-", "settled", "many", "base", "none");
        assertThat(offset(commit(one, entries.subList(0, 2)))).isEqualTo(Offset.SAVED);
        assertThat(redis.hash(KEY)).containsEntry("settled", "2").containsEntry("top", "2-0");
        accountIsClosed();
    }

    @Test
    void listsNoIdsForAStageThatKeepsThousandsPending() {
        OperatorSpec late = new OperatorSpec(
                SPEC.name(),
                "",
                OperatorSpec.Kind.LATE,
                List.of(),
                List.of(),
                List.of(OUT),
                List.of(),
                List.of(),
                Duties.NONE,
                config -> List.of(),
                SPEC.factory());
        CommitScript lateScript = new CommitScript(stage(late), true, Map.of());
        feed(1, 4);
        List<Entry> entries = read(one, 4);
        StageLink link = links.open(source("late"), lateScript.text()).block(PATIENCE);
        Outcome outcome = Outcome.apply(List.of(Effect.append(OUT, List.of("x"))), List.of());
        assertThat(offset(commit(lateScript, link, entries.subList(2, 3), outcome)))
                .isEqualTo(Offset.SAVED);
        assertThat(redis.hash(KEY)).containsEntry("top", "3-0").doesNotContainKey("pending");
        link.close().block(PATIENCE);
    }
}
