package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.redis.RedisAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** Links with a part taken out, one for each {@link Sabotage} that is not in the script. */
final class SabotagedLinks {

    private SabotagedLinks() {}

    /** How many entries the call is about. */
    static int entries(ScriptCall call) {
        return Integer.parseInt(new String(call.args().get(1), StandardCharsets.US_ASCII));
    }

    static final class WithoutOwnPending extends PassingLink {
        WithoutOwnPending(StageLink link) {
            super(link);
        }

        @Override
        public Mono<Batch> ownPending(EntryId after, int count) {
            return Mono.just(new Batch(List.of(), Batch.Origin.OWN_PENDING));
        }
    }

    static final class WithoutLease extends PassingLink {
        WithoutLease(StageLink link) {
            super(link);
        }

        @Override
        public Mono<String> takeName(String owner, String ended) {
            return Mono.just(owner);
        }
    }

    static final class WithoutReclaim extends PassingLink {
        WithoutReclaim(StageLink link) {
            super(link);
        }

        @Override
        public Mono<Batch> reclaim(long minIdleMs, int count, long togetherUpTo, Predicate<EntryId> held) {
            return Mono.just(new Batch(List.of(), Batch.Origin.RECLAIMED));
        }
    }

    static final class TakesRefusalsForDone extends PassingLink {
        TakesRefusalsForDone(StageLink link) {
            super(link);
        }

        @Override
        public Mono<long[]> commit(ScriptCall call) {
            return super.commit(call)
                    .onErrorReturn(
                            failure -> failure instanceof LinkException refused
                                    && (refused.kind() == Kind.RETRY || refused.kind() == Kind.REFUSED),
                            allDone(call));
        }

        private static long[] allDone(ScriptCall call) {
            long[] reply = new long[entries(call) + 1];
            Arrays.fill(reply, 1, reply.length, 1);
            return reply;
        }
    }

    static final class WithoutGone extends PassingLink {
        WithoutGone(StageLink link) {
            super(link);
        }

        @Override
        public Mono<Batch> ownPending(EntryId after, int count) {
            return super.ownPending(after, count).map(WithoutGone::there);
        }

        @Override
        public Mono<Batch> reclaim(long minIdleMs, int count, long togetherUpTo, Predicate<EntryId> held) {
            return super.reclaim(minIdleMs, count, togetherUpTo, held).map(WithoutGone::there);
        }

        private static Batch there(Batch batch) {
            return new Batch(
                    batch.entries().stream()
                            .filter(entry -> entry.trouble() != Entry.Trouble.GONE)
                            .toList(),
                    batch.origin());
        }
    }

    static final class Greedy extends PassingLink {
        Greedy(StageLink link) {
            super(link);
        }

        @Override
        public Mono<Batch> fresh(int count, long blockMs) {
            return super.fresh(100 * count, blockMs);
        }
    }

    static final class GivingUp implements LinkFactory {
        private final LinkFactory links;
        private final AtomicBoolean refused = new AtomicBoolean();

        GivingUp(LinkFactory links) {
            this.links = links;
        }

        @Override
        public Mono<StageLink> open(SourcePlan.FromStream source, String script) {
            return Mono.defer(() ->
                    refused.get() ? Mono.never() : links.open(source, script).map(Noting::new));
        }

        private final class Noting extends PassingLink {
            Noting(StageLink link) {
                super(link);
            }

            @Override
            public Mono<Batch> fresh(int count, long blockMs) {
                return super.fresh(count, blockMs).doOnError(failure -> refused.set(true));
            }
        }
    }

    static final class Resending implements LinkFactory {
        private final LinkFactory links;
        private final AtomicReference<ScriptCall> unanswered = new AtomicReference<>();

        Resending(LinkFactory links) {
            this.links = links;
        }

        @Override
        public Mono<StageLink> open(SourcePlan.FromStream source, String script) {
            return links.open(source, script).flatMap(link -> {
                ScriptCall again = unanswered.getAndSet(null);
                Mono<long[]> resent = again == null ? Mono.just(new long[0]) : link.commit(again);
                return resent.thenReturn(new Remembering(link));
            });
        }

        private final class Remembering extends PassingLink {
            Remembering(StageLink link) {
                super(link);
            }

            @Override
            public Mono<long[]> commit(ScriptCall call) {
                return Mono.defer(() -> {
                    unanswered.set(call);
                    return super.commit(call).doOnNext(reply -> unanswered.set(null));
                });
            }
        }
    }

    static final class WithoutScriptReload implements LinkFactory {
        private final LinkFactory links;
        private final RedisPlan redis;

        WithoutScriptReload(LinkFactory links, RedisPlan redis) {
            this.links = links;
            this.redis = redis;
        }

        @Override
        public Mono<StageLink> open(SourcePlan.FromStream source, String script) {
            return links.open(source, script)
                    .zipWith(RedisAccess.connect(redis), (link, access) -> new Plain(link, access, sha(script)));
        }

        private static String sha(String script) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-1").digest(script.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private static final class Plain extends PassingLink {
        private final RedisAccess access;
        private final String sha;

        Plain(StageLink link, RedisAccess access, String sha) {
            super(link);
            this.access = access;
            this.sha = sha;
        }

        @Override
        public Mono<long[]> commit(ScriptCall call) {
            List<String> words =
                    new ArrayList<>(List.of(sha, Integer.toString(call.keys().size())));
            Stream.concat(call.keys().stream(), call.args().stream())
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .forEach(words::add);
            return access.command("EVALSHA", words.toArray(new String[0]))
                    .map(reply -> ((List<?>) reply)
                            .stream().mapToLong(number -> (Long) number).toArray());
        }

        @Override
        public Mono<Void> close() {
            return super.close().then(access.close());
        }
    }

    static final class AcknowledgesAfterwards implements LinkFactory {
        private final LinkFactory links;
        private final RedisPlan redis;

        AcknowledgesAfterwards(LinkFactory links, RedisPlan redis) {
            this.links = links;
            this.redis = redis;
        }

        @Override
        public Mono<StageLink> open(SourcePlan.FromStream source, String script) {
            return links.open(source, script)
                    .zipWith(RedisAccess.connect(redis), (link, access) -> new Late(link, access, source));
        }
    }

    private static final class Late extends PassingLink {
        private final RedisAccess access;
        private final SourcePlan.FromStream source;

        Late(StageLink link, RedisAccess access, SourcePlan.FromStream source) {
            super(link);
            this.access = access;
            this.source = source;
        }

        @Override
        public Mono<long[]> commit(ScriptCall call) {
            return super.commit(call)
                    .flatMap(reply ->
                            access.command("XACK", acknowledgement(call)).thenReturn(reply));
        }

        /** An entry of the call is its id, the position behind it, and more; the first one follows the number of appends. */
        private String[] acknowledgement(ScriptCall call) {
            List<String> words = new ArrayList<>(List.of(source.key(), source.group()));
            int at = 3;
            for (int left = Integer.parseInt(word(call, 1)); left > 0; left--) {
                words.add(word(call, at));
                at = Integer.parseInt(word(call, at + 1)) - 1;
            }
            return words.toArray(new String[0]);
        }

        private static String word(ScriptCall call, int index) {
            return new String(call.args().get(index), StandardCharsets.UTF_8);
        }

        @Override
        public Mono<Void> close() {
            return super.close().then(access.close());
        }
    }
}
