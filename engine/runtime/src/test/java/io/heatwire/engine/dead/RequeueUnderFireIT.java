package io.heatwire.engine.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.Requeued.Result;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Dead letters put back without the rights, by several people at once, and while connections are lost. */
class RequeueUnderFireIT extends LettersOnRedis {

    @Test
    void doesNothingAtAllWithoutTheRightToDeleteTheLetter() {
        bury("n", "3");
        String source = bury("n", "4");
        stopEngine();
        redis.command("XDEL", "in", source);
        redis.command("ACL", "SETUSER", "default", "-xdel");
        letters.newestFirst(10)
                .toIterable()
                .forEach(
                        letter -> assertThatThrownBy(() -> requeue(letter.id())).isInstanceOf(LinkException.class));
        assertThat(redis.number("XLEN", DEAD)).isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
        assertThat(redis.number("XLEN", "in")).isEqualTo(1);
    }

    @Test
    void doesNothingAtAllWithoutTheRightToPutTheEntryBack() {
        bury("n", "3");
        String source = bury("n", "4");
        stopEngine();
        redis.command("XDEL", "in", source);
        redis.command("ACL", "SETUSER", "default", "-xclaim", "-xadd");
        letters.newestFirst(10)
                .toIterable()
                .forEach(
                        letter -> assertThatThrownBy(() -> requeue(letter.id())).isInstanceOf(LinkException.class));
        assertThat(redis.number("XLEN", DEAD)).isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void needsTheRightsThatTheDocumentationNamesAndNoOthers() {
        String put = bury("n", "3");
        String gone = bury("n", "4");
        stopEngine();
        redis.command("XDEL", "in", gone);
        // As in docs/security.md, with the keys of this test.
        String rights =
                "on >secret ~in* +evalsha +script|load +xadd +xlen +xrange +xrevrange +xpending +xclaim +xinfo|groups"
                        + " +hmget +hset +hdel +time +client|id +xdel";
        redis.command("ACL", ("SETUSER person reset " + rights).split(" "));
        RedisPlan asPerson =
                new RedisPlan(plan.redis().host(), plan.redis().port(), 0, "person", "secret", false, 3000);
        RedisAccess own = RedisAccess.connect(asPerson).block(PATIENCE);
        try {
            DeadLetters mine = new DeadLetters(own, plan, plan.stages().get(0));
            assertThat(mine.summary(10).block(PATIENCE).letters()).isEqualTo(2);
            assertThat(mine.oldestFirst().map(LetterHead::id).collectList().block(PATIENCE).stream()
                            .map(id -> mine.requeue(id, Consent.NONE)
                                    .block(PATIENCE)
                                    .result()))
                    .containsExactly(Result.PUT_BACK, Result.APPENDED);
            assertThat(mine.drop(List.of(new EntryId(1, 1))).block(PATIENCE)).isZero();
            assertThat(redis.oldestPending("in", "g")).isEqualTo(put);
        } finally {
            own.close().block(PATIENCE);
        }
        assertThat((List<?>) redis.command("ACL", "LOG")).isEmpty();
    }

    /** Letters whose cause is gone, half of them no longer in the stream. */
    private List<EntryId> mendedLetters(int count) {
        IntStream.range(0, count).forEach(n -> redis.command("SET", "by_id:" + n, "in the way"));
        List<String> sources = IntStream.range(0, count)
                .mapToObj(n -> redis.add("in", "n", "" + n))
                .toList();
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == count);
        IntStream.range(0, count).forEach(n -> redis.command("DEL", "by_id:" + n));
        IntStream.range(0, count / 2).forEach(n -> redis.command("XDEL", "in", sources.get(2 * n)));
        return ids();
    }

    private void everythingCameOutOnce(int count) {
        await().atMost(PATIENCE).until(() -> cameOut().size() >= count);
        settled();
        assertThat(cameOut())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(String::valueOf).toList());
        assertThat(redis.number("XLEN", DEAD)).isZero();
    }

    @Test
    void putsEachLetterBackOnceThoughManyAskAtTheSameTime() throws Exception {
        List<EntryId> ids = mendedLetters(400);
        ExecutorService people = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(() -> requeueAll(ids));
            }
            long done = 0;
            for (Future<Long> one : people.invokeAll(all)) {
                done += one.get();
            }
            assertThat(done).isEqualTo(400);
        } finally {
            people.shutdownNow();
        }
        everythingCameOutOnce(400);
    }

    private long requeueAll(List<EntryId> ids) {
        RedisAccess own = RedisAccess.connect(redis.plan()).block(PATIENCE);
        try {
            DeadLetters mine = new DeadLetters(own, plan, plan.stages().get(0));
            return ids.stream()
                    .filter(id -> mine.requeue(id, Consent.NONE).block(PATIENCE).isDone())
                    .count();
        } finally {
            own.close().block(PATIENCE);
        }
    }

    @Test
    void putsEachLetterBackOnceThoughConnectionsAndRepliesAreLost() throws Exception {
        List<EntryId> ids = mendedLetters(100);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> first = threads.submit(() -> requeueStubbornly(ids));
            Future<?> second = threads.submit(() -> requeueStubbornly(ids));
            Future<?> storm = threads.submit(() -> {
                while (!done.get()) {
                    redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                    await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                }
            });
            first.get();
            second.get();
            done.set(true);
            storm.get();
        } finally {
            threads.shutdownNow();
        }
        everythingCameOutOnce(100);
    }

    /** As a person does: the command broke off, so it is given again, until it finds nothing to do. */
    private void requeueStubbornly(List<EntryId> ids) {
        List<EntryId> left = new ArrayList<>(ids);
        while (!left.isEmpty()) {
            try {
                requeueUntilItBreaksOff(left);
            } catch (LinkException lost) {
                // The reply may be lost though the letter is on its way.
            }
        }
    }

    private void requeueUntilItBreaksOff(List<EntryId> left) {
        RedisAccess own = RedisAccess.connect(redis.plan()).block(PATIENCE);
        try {
            DeadLetters mine = new DeadLetters(own, plan, plan.stages().get(0));
            while (!left.isEmpty()) {
                mine.requeue(left.get(0), Consent.NONE).block(PATIENCE);
                left.remove(0);
                if (left.size() % 10 == 0) {
                    // Asked, and gone before the reply.
                    left.stream()
                            .limit(1)
                            .forEach(id -> mine.requeue(id, Consent.NONE).subscribe(reply -> {}, lost -> {}));
                    return;
                }
            }
        } finally {
            own.close().block(PATIENCE);
        }
    }
}
