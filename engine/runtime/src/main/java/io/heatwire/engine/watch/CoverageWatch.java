package io.heatwire.engine.watch;

import io.heatwire.engine.health.CoverageHealth;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.FlowMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.CoveragePlan.Place;
import io.heatwire.engine.time.RedisClock;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * How many of the newest entries of one stream have their counterpart. A sample every few seconds: the newest entries that are old
 * enough, a hundred at most.
 */
final class CoverageWatch {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.coverage");
    private static final long EVERY_MS = 5_000;

    private final CoveragePlan plan;
    private final MeterBook book;
    private final RedisClock clock;
    private long nextAtMs = Long.MIN_VALUE;
    private long lowSinceMs = -1;
    private volatile CoverageHealth health;

    CoverageWatch(CoveragePlan plan, MeterBook book, RedisClock clock) {
        this.plan = plan;
        this.book = book;
        this.clock = clock;
        this.health = new CoverageHealth(plan.name(), 0, 0, false, "not looked at yet");
    }

    String name() {
        return plan.name();
    }

    boolean isFor(CoveragePlan other) {
        return plan.equals(other);
    }

    CoverageHealth health() {
        return health;
    }

    Mono<Void> look(ControlLink link) {
        return Mono.defer(() -> {
            long atMs = clock.steadyMs();
            if (atMs < nextAtMs) {
                return Mono.empty();
            }
            nextAtMs = atMs + EVERY_MS;
            long now = clock.getAsLong();
            return PairSample.expected(link, plan, now)
                    .flatMap(expected -> found(link, expected, now))
                    .doOnNext(found -> report(found, clock.steadyMs()))
                    .then();
        });
    }

    private Mono<PairSample.Counted> found(ControlLink link, Map<String, Long> expected, long nowMs) {
        if (expected.isEmpty()) {
            return Mono.just(new PairSample.Counted(0, 0));
        }
        if (plan.in() instanceof Place.AtKey at) {
            return atKeys(link, at, expected.keySet());
        }
        return new PairSearch(plan, (Place.InStream) plan.in(), expected, Math.max(0, nowMs - plan.windowMs()))
                .search(link);
    }

    private Mono<PairSample.Counted> atKeys(ControlLink link, Place.AtKey at, Collection<String> values) {
        String[] keys = values.stream()
                .map(value -> at.template().key(plan.by(), value))
                .distinct()
                .toArray(String[]::new);
        return link.command("EXISTS", keys).map(there -> new PairSample.Counted(keys.length, (Long) there));
    }

    private void report(PairSample.Counted counted, long atMs) {
        long expected = counted.expected();
        long found = counted.found();
        double ratio = expected == 0 ? -1 : (double) found / expected;
        boolean isLow = expected > 0 && ratio < plan.alarmBelow();
        lowSinceMs = !isLow ? -1 : lowSinceMs < 0 ? atMs : lowSinceMs;
        boolean isAlarm = isLow && atMs - lowSinceMs >= plan.alarmAfterMs();
        CoverageHealth before = health;
        CoverageHealth after = new CoverageHealth(plan.name(), expected, found, isAlarm, why(expected, found));
        health = after;
        book.record(FlowMeters.RATIO, ratio, plan.name());
        book.record(FlowMeters.EXPECTED, (double) expected, plan.name());
        book.record(FlowMeters.FOUND, (double) found, plan.name());
        if (isAlarm && !before.isAlarm()) {
            LOG.warn(
                    "{}: {}; less than {} for {} s",
                    plan.name(),
                    after.why(),
                    percent(plan.alarmBelow()),
                    (atMs - lowSinceMs) / 1000);
        } else if (!isAlarm && before.isAlarm()) {
            LOG.info("{}: enough again: {}", plan.name(), after.why());
        }
    }

    private String why(long expected, long found) {
        String place = plan.in() instanceof Place.AtKey at ? at.template().text() : ((Place.InStream) plan.in()).key();
        return expected == 0
                ? "no entry of " + plan.of() + " in the last " + plan.windowMs() / 1000 + " s can be asked about"
                : found + " of the newest " + expected + " entries of " + plan.of() + " older than "
                        + plan.withinMs() / 1000 + " s are in " + place + " (" + percent((double) found / expected)
                        + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
