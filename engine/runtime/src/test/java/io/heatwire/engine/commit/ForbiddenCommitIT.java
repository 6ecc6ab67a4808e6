package io.heatwire.engine.commit;

import static io.heatwire.engine.commit.EveryEffect.GONE;
import static io.heatwire.engine.commit.EveryEffect.NEWEST;
import static io.heatwire.engine.commit.EveryEffect.OPEN;
import static io.heatwire.engine.commit.EveryEffect.OUT;
import static io.heatwire.engine.commit.EveryEffect.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of entries when the user may not do what their commit needs, on a real server. */
class ForbiddenCommitIT extends CommitsOnRedis {

    ForbiddenCommitIT() {
        super(EveryEffect.SPEC, Map.of("out", new Policy.Cap(10, 5)));
    }

    private String trouble(Decided... entries) {
        return ((CommitReply.Done) commit(entries)).trouble(entries.length);
    }

    private void rights(String... changes) {
        for (String change : changes) {
            redis.command("ACL", "SETUSER", "default", change);
        }
    }

    @Test
    void keepsAnEntryPendingWhenItsDeadLetterCannotBeWritten() {
        List<Entry> entries = read(2);
        rights("-xrange");
        assertThat(settled(apply(entries.get(0)), decided(entries.get(1), Outcome.dead("x"))))
                .containsExactly(Settled.COMMITTED, Settled.PUT_BACK);
        assertThat(trouble(decided(entries.get(1), Outcome.dead("x"))))
                .startsWith("dead letter: ")
                .containsPattern("run this command|permission");
        rights("+xrange");
        assertThat(redis.pending("in", "g")).isEqualTo(1);
        assertThat(settled(decided(entries.get(1), Outcome.dead("x")))).containsExactly(Settled.DEAD);
        assertThat(redis.entries("dead")).hasSize(1);
    }

    @Test
    void putsBackWhatCanNeitherBeAppliedNorBuriedAndTouchesNothingBehindIt() {
        List<Entry> entries = read(3);
        Decided[] all = {
            apply(entries.get(0), new Effect.PutValue(VALUE, "v", 0, "first")),
            apply(
                    entries.get(1),
                    new Effect.Append(OUT, List.of("second"), List.of()),
                    new Effect.PutHash(OPEN, "h", 0, List.of("second"), List.of(), 0)),
            apply(entries.get(2), new Effect.PutValue(VALUE, "v", 0, "third"))
        };
        rights("-xadd", "-hset");
        CommitReply.Done done = (CommitReply.Done) commit(all);
        assertThat(List.of(done.settled(0), done.settled(1), done.settled(2)))
                .containsExactly(Settled.COMMITTED, Settled.PUT_BACK, Settled.PUT_BACK);
        assertThat(done.trouble(3)).containsPattern("run this command|permission");
        assertThat(done.offset()).isEqualTo(CommitReply.Offset.UNSAVED);
        assertThat(redis.command("GET", "v")).isEqualTo("first");
        assertThat(redis.pending("in", "g")).isEqualTo(2);
        assertThat(((List<?>) redis.command("XPENDING", "in", "g", "-", "+", "9", "c")))
                .hasSize(2);
        rights("+xadd", "+hset");
        assertThat(settled(all)).containsExactly(Settled.REFUSED, Settled.COMMITTED, Settled.COMMITTED);
        assertThat(redis.entries("out")).hasSize(1);
        assertThat(redis.command("GET", "v")).isEqualTo("third");
        assertThat(redis.number("EXISTS", "dead")).isZero();
    }

    @Test
    void takesBackTheGuardsOfAnEntryThatIsPutBack() {
        Entry entry = read(1).get(0);
        Effect effect = Effect.append(OUT, List.of("x"));
        Group group = new Group(new Once("once:group", 60_000, "1"), List.of(effect), List.of(), List.of());
        Decided decided = decided(
                entry, new Outcome.Apply(new Once("once:a", 60_000, "1"), List.of(group), List.of(), List.of()));
        rights("-xadd");
        assertThat(settled(decided)).containsExactly(Settled.PUT_BACK);
        await().until(() -> redis.number("EXISTS", "once:a", "once:group") == 0);
        rights("+xadd");
        CommitReply.Done done = (CommitReply.Done) commit(decided);
        assertThat(done.settled(0)).isEqualTo(Settled.COMMITTED);
        assertThat(done.isDuplicate(0, 0)).isFalse();
        assertThat(redis.entries("out")).hasSize(1);
    }

    @Test
    void writesTheNewestOfThoseThatWereNotPutBack() {
        List<Entry> entries = read(2);
        rights("-xadd");
        assertThat(settled(
                        apply(entries.get(0), new Effect.PutHash(NEWEST, "n", 0, List.of("5", "v5"), List.of(), 5)),
                        apply(
                                entries.get(1),
                                new Effect.PutHash(NEWEST, "n", 0, List.of("6", "v6"), List.of(), 6),
                                new Effect.Delete(GONE, "old"),
                                Effect.append(OUT, List.of("x")))))
                .containsExactly(Settled.COMMITTED, Settled.PUT_BACK);
        assertThat(redis.hash("n")).containsEntry("v", "v6");
        rights("-del", "+xadd", "-xrange");
        assertThat(settled(apply(
                        entries.get(1),
                        new Effect.PutHash(NEWEST, "n", 0, List.of("7", "v7"), List.of(), 7),
                        new Effect.Delete(GONE, "old"))))
                .containsExactly(Settled.PUT_BACK);
        assertThat(redis.hash("n")).containsEntry("v", "v6");
        assertThat(redis.number("EXISTS", "out")).isZero();
    }

    @Test
    void saysThatAnEntryIsLostWhichCannotEvenBecomePendingAgain() {
        List<Entry> entries = read(2);
        rights("-xadd", "-xclaim");
        assertThat(settled(
                        apply(entries.get(0), Effect.append(OUT, List.of("x"))),
                        apply(entries.get(1), Effect.append(OUT, List.of("y")))))
                .containsExactly(Settled.LOST, Settled.LOST);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void takesAForbiddenLookAtAKeyForNoWrongType() {
        Entry entry = read(1).get(0);
        rights("-hlen");
        Decided decided = apply(entry, new Effect.PutHash(OPEN, "h", 0, List.of("1"), List.of(), 0));
        assertThat(settled(decided)).containsExactly(Settled.PUT_BACK);
        rights("+hlen", "-xlen");
        assertThatThrownBy(() -> commit(decided))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        failure -> assertThat(failure.isAboutTheCall()).isFalse());
        rights("+xlen");
        assertThat(settled(decided)).containsExactly(Settled.COMMITTED);
    }

    @Test
    void takesAForbiddenLookAtThePendingOnesForNoRefusal() {
        Entry entry = read(1).get(0);
        rights("-xpending");
        assertThat(settled(decided(entry, Outcome.dead("x")))).containsExactly(Settled.PUT_BACK);
        rights("+xpending");
        assertThat(settled(decided(entry, Outcome.dead("x")))).containsExactly(Settled.DEAD);
    }

    @Test
    void writesNoDeadLetterOfAnEntryItMayNotAcknowledge() {
        Entry entry = read(1).get(0);
        rights("-xack");
        for (Outcome outcome : List.of(Outcome.dead("x"), Outcome.apply(List.of(), List.of()))) {
            assertThatThrownBy(() -> commit(decided(entry, outcome)))
                    .isInstanceOfSatisfying(LinkException.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(LinkException.Kind.REFUSED);
                        assertThat(failure.isAboutTheCall()).isFalse();
                    });
        }
        rights("+xack");
        assertThat(redis.number("EXISTS", "dead")).isZero();
        assertThat(settled(decided(entry, Outcome.dead("x")))).containsExactly(Settled.DEAD);
    }
}
