package io.heatwire.engine.commit;

import static io.heatwire.engine.commit.EveryEffect.FOLLOWER;
import static io.heatwire.engine.commit.EveryEffect.GONE;
import static io.heatwire.engine.commit.EveryEffect.NEWEST;
import static io.heatwire.engine.commit.EveryEffect.OPEN;
import static io.heatwire.engine.commit.EveryEffect.OUT;
import static io.heatwire.engine.commit.EveryEffect.VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each kind of effect and each answer of the commit script, on a real server. */
class CommitScriptIT extends CommitsOnRedis {

    CommitScriptIT() {
        super(EveryEffect.SPEC, Map.of("out", new Policy.Cap(10, 5)));
    }

    private String trouble(Decided... entries) {
        return ((CommitReply.Done) commit(entries)).trouble(entries.length);
    }

    @Test
    void appliesEveryKindOfEffect() {
        redis.command("SET", "old", "x");
        redis.command("HSET", "h", "stale", "x");
        Entry entry = read(1).get(0);
        assertThat(settled(apply(
                        entry,
                        new Effect.Append(OUT, List.of("caf\u00e9 'quoted'"), List.of("more", "\u2192")),
                        new Effect.PutHash(OPEN, "h", 5000, List.of("1"), List.of("b", "2"), 0),
                        new Effect.PutHash(NEWEST, "n", 5000, List.of("10", "v"), List.of(), 10),
                        new Effect.PutValue(FOLLOWER, "f", 5000, "followed"),
                        new Effect.PutValue(VALUE, "v", 0, "for ever"),
                        new Effect.Delete(GONE, "old"))))
                .containsExactly(Settled.COMMITTED);
        assertThat(redis.entries("out")).containsExactly(Map.of("it's", "caf\u00e9 'quoted'", "more", "\u2192"));
        assertThat(redis.hash("h")).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(redis.number("PTTL", "h")).isBetween(1L, 5000L);
        assertThat(redis.hash("n")).isEqualTo(Map.of("ts", "10", "v", "v"));
        assertThat(redis.command("GET", "f")).isEqualTo("followed");
        assertThat(redis.number("PTTL", "v")).isEqualTo(-1);
        assertThat(redis.number("EXISTS", "old")).isZero();
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void refusesASecondCommitOfTheSameEntry() {
        Entry entry = read(1).get(0);
        Decided decided = apply(entry, Effect.append(OUT, List.of("x")));
        assertThat(settled(decided)).containsExactly(Settled.COMMITTED);
        assertThat(settled(decided)).containsExactly(Settled.REFUSED);
        assertThat(redis.number("XLEN", "out")).isEqualTo(1);
    }

    @Test
    void keepsGuardsOfTheEntryAndOfEachGroupApart() {
        List<Entry> entries = read(3);
        Group open = Group.of(List.of(Effect.append(OUT, List.of("open"))), List.of());
        Group guarded = new Group(
                new Once("once:group", 5000, "1"),
                List.of(Effect.append(OUT, List.of("guarded"))),
                List.of(),
                List.of());
        Outcome first = new Outcome.Apply(new Once("once:a", 5000, "v"), List.of(open, guarded), List.of(), List.of());
        Outcome second = new Outcome.Apply(new Once("once:b", 5000, "v"), List.of(open, guarded), List.of(), List.of());
        CommitReply.Done done = (CommitReply.Done)
                commit(decided(entries.get(0), first), decided(entries.get(1), second), decided(entries.get(2), first));
        assertThat(done.settled(0)).isEqualTo(Settled.COMMITTED);
        assertThat(done.isDuplicate(0, 0)).isFalse();
        assertThat(done.isDuplicate(0, 1)).isFalse();
        assertThat(done.settled(1)).isEqualTo(Settled.COMMITTED);
        assertThat(done.isDuplicate(1, 0)).isFalse();
        assertThat(done.isDuplicate(1, 1)).isTrue();
        assertThat(done.settled(2)).isEqualTo(Settled.DUPLICATE);
        assertThat(redis.entries("out"))
                .extracting(fields -> fields.get("it's"))
                .containsExactly("open", "guarded", "open");
        assertThat(redis.command("GET", "once:a")).isEqualTo("v");
    }

    @Test
    void writesOnlyTheNewestOfABatchAndItsFollower() {
        List<Entry> entries = read(3);
        List<Decided> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long ts = List.of(5L, 9L, 7L).get(i);
            all.add(apply(
                    entries.get(i),
                    new Effect.PutHash(NEWEST, "n", 5000, List.of("" + ts, "v" + ts), List.of(), ts),
                    new Effect.PutValue(FOLLOWER, "f", 5000, "f" + ts)));
        }
        commit(all.toArray(new Decided[0]));
        assertThat(redis.hash("n")).containsEntry("v", "v9");
        assertThat(redis.command("GET", "f")).isEqualTo("f9");
    }

    @Test
    void answersFullBeforeItWritesAnything() {
        List<Entry> entries = read(11);
        Decided[] all = entries.stream()
                .map(entry -> apply(entry, Effect.append(OUT, List.of("x"))))
                .toArray(Decided[]::new);
        redis.add("out", "already", "there");
        assertThat(commit(all)).isEqualTo(new CommitReply.Full("out"));
        assertThat(redis.pending("in", "g")).isEqualTo(11);
        assertThat(redis.number("XLEN", "out")).isEqualTo(1);
    }

    @Test
    void answersThatAnOutputIsNoStreamBeforeItWritesAnything() {
        Entry entry = read(1).get(0);
        redis.command("SET", "out", "in the way");
        assertThat(commit(apply(entry, Effect.append(OUT, List.of("x")))))
                .isEqualTo(new CommitReply.BadKey("out", "stream"));
        redis.command("SET", "dead", "in the way");
        assertThat(commit(decided(entry, Outcome.dead("x")))).isEqualTo(new CommitReply.BadKey("dead", "stream"));
        assertThat(redis.pending("in", "g")).isEqualTo(1);
    }

    @Test
    void keepsAnEntryWhoseEffectFailedAfterTheAcknowledgement() {
        Entry entry = read(1).get(0);
        redis.command("ACL", "SETUSER", "default", "-del");
        assertThat(settled(apply(entry, new Effect.Delete(GONE, "old")))).containsExactly(Settled.DIVERTED);
        redis.command("ACL", "SETUSER", "default", "+del");
        assertThat(redis.entries("dead")).singleElement().satisfies(letter -> {
            assertThat(letter).containsEntry("field", "value 0");
            assertThat(letter.get("heatwire_reason"))
                    .startsWith("effect_failed:")
                    .containsAnyOf("run this command", "run the 'del' command");
        });
    }

    @Test
    void keepsTheBytesOfAnEntryThatIsNotText() {
        redis.command("EVAL", "return redis.call('XADD', KEYS[1], '*', 'f', string.char(255, 254, 0, 65))", "1", "in");
        Entry entry = link.fresh(10, 100).block(PATIENCE).entries().get(0);
        assertThat(entry.trouble()).isEqualTo(Entry.Trouble.UNREADABLE);
        assertThat(settled(decided(entry, Outcome.dead("unreadable:not UTF-8"))))
                .containsExactly(Settled.DEAD);
        String same = "local e = redis.call('XRANGE', KEYS[1], '-', '+') "
                + "return e[1][2][2] == string.char(255, 254, 0, 65) and 1 or 0";
        assertThat(redis.number("EVAL", same, "1", "dead")).isEqualTo(1);
    }

    @Test
    void keepsAnEntryOfThousandsOfFields() {
        String many = "local a = {'XADD', KEYS[1], '*'} for i = 1, 3000 do a[#a+1] = 'f' .. i; a[#a+1] = i end "
                + "return redis.call(unpack(a))";
        redis.command("EVAL", many, "1", "in");
        redis.command("EVAL", many.replace("3000", "3500"), "1", "in");
        List<Entry> entries = link.fresh(10, 100).block(PATIENCE).entries();
        assertThat(entries.get(0).event().get("f3000")).isEqualTo("3000");
        settled(decided(entries.get(0), Outcome.dead("x")), decided(entries.get(1), Outcome.dead("x")));
        List<Map<String, String>> dead = redis.entries("dead");
        assertThat(dead.get(0)).containsEntry("f3000", "3000");
        assertThat(dead.get(1)).containsKey("heatwire_fields_msgpack").doesNotContainKey("f3500");
    }

    @Test
    void saysWhatToDoAboutAnError() {
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThatThrownBy(() -> link.fresh(1, 100).block(PATIENCE))
                .isInstanceOfSatisfying(LinkException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(LinkException.Kind.GROUP_LOST);
                    assertThat(failure.code()).isEqualTo("NOGROUP");
                });
        redis.command("SET", "in", "x");
        assertThatThrownBy(() -> link.ownPending(EntryId.ZERO, 1).block(PATIENCE))
                .isInstanceOfSatisfying(
                        LinkException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(LinkException.Kind.REFUSED));
    }

    @Test
    void keepsAnEntryWhoseGuardCannotBeSet() {
        List<Entry> entries = read(2);
        Once never = new Once("once:a", Long.MAX_VALUE, "1");
        Group group = new Group(never, List.of(Effect.append(OUT, List.of("x"))), List.of(), List.of());
        assertThat(settled(
                        decided(
                                entries.get(0),
                                Outcome.once(never, List.of(Effect.append(OUT, List.of("x"))), List.of(), List.of())),
                        decided(entries.get(1), new Outcome.Apply(null, List.of(group), List.of(), List.of()))))
                .containsExactly(Settled.DIVERTED, Settled.DIVERTED);
        assertThat(redis.entries("dead")).hasSize(2);
        assertThat(redis.number("EXISTS", "out")).isZero();
    }

    @Test
    void saysThatTheWriteOfTheNewestFailed() {
        List<Entry> entries = read(2);
        redis.command("ACL", "SETUSER", "default", "-hset");
        assertThat(settled(
                        apply(entries.get(0), new Effect.PutHash(NEWEST, "n", 5000, List.of("5", "v"), List.of(), 5)),
                        apply(entries.get(1), new Effect.PutHash(NEWEST, "n", 5000, List.of("4", "v"), List.of(), 4))))
                .containsExactly(Settled.DIVERTED, Settled.COMMITTED);
        redis.command("ACL", "SETUSER", "default", "+hset");
        assertThat(redis.entries("dead")).hasSize(1);
    }

    @Test
    void writesAsManyFieldsAsAnOutcomeMayHave() {
        Entry entry = read(1).get(0);
        List<String> more = new ArrayList<>();
        for (int i = 0; i < 3500; i++) {
            more.addAll(List.of("f" + i, "v"));
        }
        assertThat(settled(apply(
                        entry,
                        new Effect.Append(OUT, List.of("x"), more),
                        new Effect.PutHash(OPEN, "h", 5000, List.of("1"), more, 0))))
                .containsExactly(Settled.COMMITTED);
        assertThat(redis.hash("h")).hasSize(3501);
        assertThat(redis.entries("out").get(0)).hasSize(3501);
    }

    @Test
    void keepsAHashForEverThatHadATimeToLive() {
        List<Entry> entries = read(2);
        Effect.PutHash first = new Effect.PutHash(NEWEST, "n", 5000, List.of("1", "v"), List.of(), 1);
        Effect.PutHash second = new Effect.PutHash(NEWEST, "n", 0, List.of("2", "v"), List.of(), 2);
        settled(apply(entries.get(0), first));
        settled(apply(entries.get(1), second));
        assertThat(redis.number("PTTL", "n")).isEqualTo(-1);
    }
}
