package io.heatwire.wiring.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds streams that somebody writes: at most 20 calls of SCAN, 200 streams, and the newest entries of 50 of them. */
final class ActiveStreams {

    private static final int MOST = 200;
    private static final int READ = 50;
    private static final int ENTRIES = 100;
    private static final long LEAST_SPAN_MS = 1_000;
    private static final long ACTIVE_MS = 600_000;
    private static final long MINUTE_MS = 60_000;

    private final Probe probe;
    private final long nowMs;

    ActiveStreams(Probe probe, long nowMs) {
        this.probe = probe;
        this.nowMs = nowMs;
    }

    Mono<List<ActiveStream>> find() {
        Set<String> keys = new TreeSet<>();
        return page(keys, "0", 1)
                .thenMany(Flux.defer(() -> Flux.fromIterable(keys)))
                .take(MOST)
                .concatMap(this::active)
                .take(READ)
                .concatMap(this::read)
                .collectList();
    }

    private Mono<Void> page(Set<String> keys, String cursor, int call) {
        return probe.ask("SCAN", cursor, "COUNT", KeySweep.COUNT, "TYPE", "stream")
                .flatMap(reply -> {
                    List<?> parts = Replies.list(reply);
                    if (parts.size() < 2) {
                        return Mono.empty();
                    }
                    // Dead letters have the fields of what they were; nobody means them.
                    Replies.list(parts.get(1)).stream()
                            .map(String::valueOf)
                            .filter(key -> !key.contains(":dead:"))
                            .forEach(keys::add);
                    String next = String.valueOf(parts.get(0));
                    return next.equals("0") || call >= KeySweep.CALLS || keys.size() >= MOST
                            ? Mono.empty()
                            : page(keys, next, call + 1);
                });
    }

    private Mono<String> active(String key) {
        return probe.ask("XINFO", "STREAM", key)
                .map(StreamFacts::read)
                .filter(facts -> facts.length() > 0 && nowMs - facts.lastMs() <= ACTIVE_MS)
                .map(facts -> key);
    }

    private Mono<ActiveStream> read(String key) {
        return probe.ask("XREVRANGE", key, "+", "-", "COUNT", Integer.toString(ENTRIES))
                .flatMap(reply -> {
                    List<Long> times = new ArrayList<>();
                    Set<String> fields = new LinkedHashSet<>();
                    for (Object entry : Replies.list(reply)) {
                        List<?> parts = Replies.list(entry);
                        if (parts.size() == 2) {
                            times.add(Replies.msOf(parts.get(0)));
                            fields.addAll(Replies.pairs(parts.get(1)).keySet());
                        }
                    }
                    return times.isEmpty() ? Mono.empty() : Mono.just(of(key, fields, times));
                });
    }

    private ActiveStream of(String key, Set<String> fields, List<Long> times) {
        // Up to now, so that a burst of long ago does not count as a rate.
        // A stream that holds few entries has had few, of which the rate within a minute is all there is to know.
        long least = times.size() < ENTRIES ? MINUTE_MS : LEAST_SPAN_MS;
        long spanMs = Math.max(least, nowMs - times.get(times.size() - 1));
        return new ActiveStream(key, fields, times.size() * MINUTE_MS / spanMs, nowMs - times.get(0));
    }
}
