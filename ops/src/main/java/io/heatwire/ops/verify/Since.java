package io.heatwire.ops.verify;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.ask.Gathered;
import io.heatwire.ops.ask.Scrape;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * From when on the counters of each point of observation count.
 *
 * @param byPoint Unix time in ms at which the process of the point's stage began
 * @param earliestMs the first of these; from then on observations of other points are counted
 */
record Since(Map<String, Long> byPoint, long earliestMs) {

    Since {
        byPoint = Map.copyOf(byPoint);
    }

    /** Of points whose engines have answered, and have said since when they count. Where two stages observe at one point, the first. */
    static Since of(Collection<Point> points, Gathered<Scrape> answers) {
        Map<String, Long> byPoint = new TreeMap<>();
        for (Point point : points) {
            OptionalLong startedAtMs =
                    answers.of(point.stage()).map(Scrape::startedAtMs).orElse(OptionalLong.empty());
            byPoint.merge(point.name(), startedAtMs.orElse(Long.MAX_VALUE), Math::min);
        }
        return new Since(
                byPoint,
                byPoint.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE));
    }

    /** The oldest entry that counts for a point. */
    EntryId oldest(String point) {
        return new EntryId(Math.max(0, byPoint.getOrDefault(point, earliestMs)), 0);
    }

    /** The oldest entry that counts for any. */
    EntryId oldest() {
        return new EntryId(Math.max(0, earliestMs), 0);
    }

    /** Each moment with the points it goes for; one alone when all began together. */
    Map<Long, String> moments() {
        return byPoint.keySet().stream()
                .sorted()
                .collect(Collectors.groupingBy(byPoint::get, TreeMap::new, Collectors.joining(", ")));
    }
}
