package io.heatwire.ops.verify;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.ask.Gathered;
import io.heatwire.ops.ask.Scrape;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.GroupFacts;
import io.heatwire.ops.status.Columns;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What the observers of a wiring wrote, what their counters say of it, what was dropped, and how far every group is. Each stage may
 * run in a process of its own: what cannot be asked is said, and never agrees.
 */
public final class Verification {

    private static final int LOOKS = 5;
    private static final Duration BETWEEN = Duration.ofMillis(300);
    private static final String DROPPED = "p28_late_obs_dropped_total";

    private final DeadDesk desk;
    private final List<StagePlan> all;
    private final List<StagePlan> stages;
    private final EngineListeners listeners;
    private final int scan;
    private final PrintWriter out;
    private long unknown;
    private String whyNoMetrics = "";

    /** How it came out. */
    public enum Result {
        /** Stream and counters say the same. */
        AGREE,
        /** They do not, or could not be compared. */
        DISAGREE,
        /** No engine gives its metrics. */
        NO_METRICS
    }

    /**
     * A verification.
     *
     * @param plan all stages of the wiring
     * @param only the names of those to look at
     * @param scan how many entries of a stream are looked at, at most
     */
    public Verification(
            DeadDesk desk,
            EnginePlan plan,
            Collection<String> only,
            EngineListeners listeners,
            int scan,
            PrintWriter out) {
        this.desk = desk;
        this.all = plan.stages();
        this.stages = plan.stages().stream()
                .filter(stage -> only.contains(stage.name()))
                .toList();
        this.listeners = listeners;
        this.scan = scan;
        this.out = out;
    }

    /** Why nobody gave any metrics, for people; after {@link Result#NO_METRICS}. */
    public String whyNoMetrics() {
        return whyNoMetrics;
    }

    /**
     * Looks, and prints what it sees.
     *
     * @throws io.heatwire.ops.dead.RedisRefusedException when Redis cannot be asked
     */
    public Result run() {
        List<Point> points = stages.stream().flatMap(Point::of).toList();
        List<String> asked = (points.isEmpty()
                        ? stages.stream().map(StagePlan::name)
                        : points.stream().map(Point::stage).distinct())
                .toList();
        Gathered<Scrape> answers = listeners.metrics(asked);
        if (answers.isNothing()) {
            whyNoMetrics = answers.whyNothing();
            return Result.NO_METRICS;
        }
        boolean agrees = compare(points, answers);
        dropped(asked);
        groups();
        out.println();
        out.println(points.isEmpty() ? "! not compared: none of these stages writes observations" : outcome(agrees));
        out.flush();
        return agrees ? Result.AGREE : Result.DISAGREE;
    }

    private boolean compare(List<Point> points, Gathered<Scrape> answers) {
        Map<String, List<Point>> byStream = new TreeMap<>();
        boolean agrees = !points.isEmpty();
        for (Point point : points) {
            String why = whyNot(point, answers);
            if (why.isEmpty()) {
                byStream.computeIfAbsent(point.stream(), first -> new ArrayList<>())
                        .add(point);
            } else {
                out.println(
                        "! not compared: " + Escaped.plain(point.name()) + " of stage " + point.stage() + ": " + why);
                agrees = false;
            }
        }
        for (Map.Entry<String, List<Point>> each : byStream.entrySet()) {
            agrees &= verify(each.getKey(), each.getValue());
        }
        return agrees;
    }

    private static String whyNot(Point point, Gathered<Scrape> answers) {
        if (answers.silent().containsKey(point.stage())) {
            return answers.silent().get(point.stage());
        }
        return answers.of(point.stage())
                        .filter(scrape -> scrape.startedAtMs().isPresent())
                        .isPresent()
                ? ""
                : "the engine does not say since when it counts; is it older than this program?";
    }

    private String outcome(boolean agrees) {
        if (!agrees) {
            return "stream and metrics DISAGREE, or could not be compared: see the lines with !";
        }
        return unknown == 0
                ? "stream and metrics agree"
                : "stream and metrics agree as far as the stream reaches back; " + unknown
                        + " rows could not be compared";
    }

    private boolean verify(String stream, List<Point> points) {
        Look look = look(stream, points);
        for (int i = 1; i < LOOKS && !(look.isTaken() && agrees(look.comparison(), names(points))); i++) {
            desk.await(Mono.delay(BETWEEN));
            Look next = look(stream, points);
            look = next.isTaken() ? next : look;
        }
        if (!look.isTaken()) {
            out.println("! not compared: " + stream + ": " + look.whyNot());
            return false;
        }
        Comparison comparison = look.comparison();
        TreeSet<String> all = new TreeSet<>(names(points));
        comparison.stream().counts().keySet().stream()
                .map(Observed::point)
                .filter(point -> !isOfOthers(point, points))
                .forEach(all::add);
        head(stream, comparison);
        Columns results = new Columns("OBS_POINT", "HEAT_FOUND", ">STREAM", ">METRICS", "");
        comparison
                .results(all)
                .forEach(row -> results.row(
                        Escaped.plain(row.point()),
                        row.label(),
                        Long.toString(row.stream()),
                        Long.toString(row.after()),
                        row.verdict()));
        results.print(out);
        coverage(comparison, all);
        Columns reasons = new Columns("OBS_POINT", "REASON", ">STREAM", ">METRICS", "");
        comparison.reasons(all).stream()
                .filter(row -> row.stream() + row.after() > 0)
                .forEach(row -> reasons.row(
                        Escaped.plain(row.point()),
                        Escaped.plain(row.label()),
                        Long.toString(row.stream()),
                        Long.toString(row.after()),
                        row.verdict()));
        reasons.print(out);
        unknown += Stream.concat(comparison.results(all).stream(), comparison.reasons(all).stream())
                .filter(Comparison.Row::isUnknown)
                .count();
        return agrees(comparison, all);
    }

    private void head(String stream, Comparison comparison) {
        Map<Long, String> moments = comparison.since().moments();
        String removed = comparison.stream().removedByProof() == 0
                ? ""
                : "; with " + comparison.stream().removedByProof() + " that proofs have taken out again";
        moments.forEach((ms, of) -> out.println(stream + " since " + Instant.ofEpochMilli(ms)
                + ", when the engine " + (moments.size() == 1 ? "" : "of " + Escaped.plain(of) + " ")
                + "began to count" + removed));
    }

    private static List<String> names(List<Point> points) {
        return points.stream().map(Point::name).distinct().toList();
    }

    /** Whether only stages of the wiring observe there that are not compared. */
    private boolean isOfOthers(String point, List<Point> compared) {
        return compared.stream().noneMatch(each -> each.name().equals(point))
                && all.stream().flatMap(Point::of).anyMatch(each -> each.name().equals(point));
    }

    /**
     * One look at both sides.
     *
     * @param whyNot why there is nothing to compare; empty when there is
     */
    private record Look(@Nullable Comparison found, String whyNot) {

        boolean isTaken() {
            return found != null;
        }

        Comparison comparison() {
            return Objects.requireNonNull(found, whyNot);
        }
    }

    /** Nothing agrees with counters that nobody has seen: every engine has to give them both before and after, and be the same one. */
    private Look look(String stream, List<Point> points) {
        List<String> names = points.stream().map(Point::stage).distinct().toList();
        Gathered<Scrape> before = listeners.metrics(names);
        if (!before.isOf(names)) {
            return new Look(null, "an engine no longer gives its metrics: " + before.whyNothing());
        }
        Since since = Since.of(points, before);
        StreamCount count = StreamCount.since(desk, stream, since, scan);
        Gathered<Scrape> after = listeners.metrics(names);
        if (!after.isOf(names)) {
            return new Look(null, "an engine no longer gives its metrics: " + after.whyNothing());
        }
        return Since.of(points, after).equals(since)
                ? new Look(
                        new Comparison(since, Scrape.together(before.all()), count, Scrape.together(after.all())), "")
                : new Look(null, "an engine began to count anew meanwhile");
    }

    private static boolean agrees(Comparison comparison, Iterable<String> points) {
        return comparison.results(points).stream().allMatch(Comparison.Row::agrees)
                && comparison.reasons(points).stream().allMatch(Comparison.Row::agrees);
    }

    private void coverage(Comparison comparison, Iterable<String> points) {
        Columns coverage = new Columns("COVERAGE", ">STREAM", ">METRICS");
        Map<String, long[]> sums = new LinkedHashMap<>();
        comparison.results(points).forEach(row -> {
            long[] sum = sums.computeIfAbsent(row.point(), point -> new long[4]);
            sum[0] += row.label().equals("1") ? row.stream() : 0;
            sum[1] += row.stream();
            sum[2] += row.label().equals("1") ? row.after() : 0;
            sum[3] += row.after();
        });
        sums.forEach((point, sum) -> coverage.row(Escaped.plain(point), share(sum[0], sum[1]), share(sum[2], sum[3])));
        coverage.print(out);
    }

    private static String share(long found, long all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * found / all, found, all);
    }

    private void dropped(List<String> asked) {
        Scrape scrape = Scrape.together(listeners.metrics(asked).all());
        if (scrape.has(DROPPED)) {
            out.println();
            out.println("dropped by late observers since then: " + scrape.sum(DROPPED)
                    + (scrape.sum(DROPPED) == 0 ? "" : "; more came at once than max_inflight lets wait"));
        }
    }

    private void groups() {
        Columns groups = new Columns("GROUP", "STREAM", ">LAG", ">PENDING", "");
        BrokerView view = new BrokerView(desk);
        for (StagePlan stage : stages) {
            if (stage.source() instanceof SourcePlan.FromStream source) {
                GroupFacts group = view.groups(source.key()).get(source.group());
                groups.row(
                        Escaped.plain(source.group()),
                        Escaped.plain(source.key()),
                        group == null ? "-" : group.lag() < 0 ? "unknown" : Long.toString(group.lag()),
                        group == null ? "-" : Long.toString(group.pending()),
                        group == null ? "there is no such group" : "");
            }
        }
        groups.print(out);
    }
}
