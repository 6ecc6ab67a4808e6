package io.heatwire.ops.verify;

import io.heatwire.ops.ask.Scrape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A stream of observations beside the counters, over the same time.
 *
 * @param since when the counters began
 * @param before the counters just before the stream was counted
 * @param after the counters just after
 */
record Comparison(Since since, Scrape before, StreamCount stream, Scrape after) {

    private static final String OBSERVED = "p28_observed_total";
    private static final String REASON = "p28_heat_reason_total";

    /**
     * One number from both sides.
     *
     * @param label what is counted: a point and a result, or a point and a reason
     */
    record Row(String point, String label, long stream, long before, long after, long mayBeMissing) {

        /** How many the counters have and the stream has not. */
        long shortfall() {
            return Math.max(0, before - stream);
        }

        Row unexplained() {
            return new Row(point, label, stream, before, after, 0);
        }

        /** Whether it agrees only because what is missing may have been trimmed away. */
        boolean isUnknown() {
            return shortfall() > 0 && agrees();
        }

        /** A counter moves just after its entry is written: between the two looks the number must have been the same once. */
        boolean agrees() {
            return stream <= after && shortfall() <= mayBeMissing;
        }

        String verdict() {
            if (shortfall() == 0 && stream <= after) {
                return "";
            }
            if (stream > after) {
                return "! the stream has " + (stream - after)
                        + " more: another process writes it too, or the clocks of engine and Redis differ";
            }
            return agrees()
                    ? "the stream was trimmed: the oldest of these are no longer in it"
                    : "! the counters say " + shortfall()
                            + " more: entries were deleted from the stream, or it was written anew";
        }
    }

    /** By point and result. */
    List<Row> results(Iterable<String> points) {
        Map<String, Long> counts = stream.by(kind -> kind.point() + " " + kind.found());
        List<Row> rows = new ArrayList<>();
        points.forEach(point -> List.of("0", "1")
                .forEach(found -> rows.add(new Row(
                        point,
                        found,
                        counts.getOrDefault(point + " " + found, 0L),
                        before.sum(OBSERVED, Map.of("obs_point", point, "heat_found", found)),
                        after.sum(OBSERVED, Map.of("obs_point", point, "heat_found", found)),
                        stream.mayBeMissing(point)))));
        return together(rows);
    }

    /** By point and reason. */
    List<Row> reasons(Iterable<String> points) {
        Map<String, Long> counts = stream.by(kind -> kind.point() + " " + kind.reason());
        List<Row> rows = new ArrayList<>();
        points.forEach(point -> {
            TreeSet<String> reasons = new TreeSet<>(List.of("ok", "missing", "timeout", "redis_error", "parse_error"));
            stream.counts().keySet().stream()
                    .filter(kind -> kind.point().equals(point))
                    .forEach(kind -> reasons.add(kind.reason()));
            reasons.forEach(reason -> rows.add(new Row(
                    point,
                    reason,
                    counts.getOrDefault(point + " " + reason, 0L),
                    before.sum(REASON, Map.of("obs_point", point, "reason", reason)),
                    after.sum(REASON, Map.of("obs_point", point, "reason", reason)),
                    stream.mayBeMissing(point))));
        });
        return together(rows);
    }

    /** What was trimmed away can be missing once only: it explains all that these rows miss together, or none of it. */
    private List<Row> together(List<Row> rows) {
        long missing = rows.stream()
                .filter(row -> row.mayBeMissing() > 0)
                .mapToLong(Row::shortfall)
                .sum();
        return missing <= stream.mayBeMissing()
                ? rows
                : rows.stream().map(Row::unexplained).toList();
    }
}
