package io.heatwire.ops.shadow;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.ledger.LedgerText;
import io.heatwire.ops.shadow.Comparison.Bucket;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report for a terminal. */
public final class ShadowText {

    private static final int WIDEST_BAR = 40;

    /** Why the report reads no stream of the observers. */
    static final String NOT_IN_IT =
            "not in it: coverage by point of observation. The observers look for what heat_gate decided of a plan;"
                    + " this gate decides before there is one, and is looked up by symbol";

    private ShadowText() {}

    /** Prints all of it. */
    public static void print(String stage, ShadowFigures figures, PrintWriter out) {
        ShadowData data = figures.data();
        out.println(stage + " in shadow, from " + time(data.nowMs() - data.sinceMs()) + " to " + time(data.nowMs()));
        if (data.isCutShort()) {
            out.println("the stream holds more than was read: the oldest of that time is not in these figures");
        }
        if (data.others() > 0) {
            out.println(data.others() + " further entries were not written in shadow mode and are left out");
        }
        out.println();
        figures.criteria().forEach(check -> out.println(Escaped.plain(LedgerText.line(check))));
        out.println();
        out.println("full closes cut down: " + figures.fullCloses());
        hindsight(figures.hindsight()).forEach(out::println);
        out.println("heat: p10 " + heat(figures.quantile(0.1)) + ", p50 " + heat(figures.quantile(0.5)) + ", p90 "
                + heat(figures.quantile(0.9)));
        table("heat", figures.heats(), out);
        table("actions", figures.actions(), out);
        table("reasons", figures.reasons(), out);
        out.println();
        out.println("time in bucket (a proposal speaks for 10 minutes at most)");
        Map<Bucket, Long> times = figures.timeIn();
        times.forEach((bucket, ms) -> out.println("  " + pad(bucket.name(), 10) + time(ms, times)));
        out.println();
        out.println(NOT_IN_IT);
        if (!figures.examples().isEmpty()) {
            out.println();
            out.println("not judged here, look yourself: would these have been mistakes? (heatwire trace PLAN_ID)");
            figures.examples().forEach(each -> out.println(Escaped.plain("  " + line(each))));
        }
        out.println();
        out.println(Escaped.plain(figures.decision()));
        out.flush();
    }

    static String line(Comparison each) {
        return time(each.atMs()) + " " + each.planId() + " " + each.symbol() + " " + each.from() + " to " + each.to()
                + ", heat " + heat(each.heat()) + " " + each.bucket();
    }

    private static void table(String title, Map<String, Long> rows, PrintWriter out) {
        long most = rows.values().stream().mapToLong(Long::longValue).max().orElse(0);
        int width = rows.keySet().stream()
                .mapToInt(name -> Escaped.plain(name).length())
                .max()
                .orElse(0);
        out.println();
        out.println(title);
        rows.forEach((name, count) -> {
            int bar = most == 0 ? 0 : (int) Math.ceil((double) WIDEST_BAR * count / most);
            out.println(("  " + pad(Escaped.plain(name), width + 2) + String.format(Locale.ROOT, "%7d  ", count)
                            + "#".repeat(bar))
                    .stripTrailing());
        });
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String heat(double heat) {
        return Double.isNaN(heat) ? "unknown" : String.format(Locale.ROOT, "%.4f", heat);
    }

    /** In lines; none when nothing would have been cut down. */
    static List<String> hindsight(Hindsight hindsight) {
        long known = hindsight.moves().size();
        if (known + hindsight.unknown() == 0) {
            return List.of();
        }
        String figures = known == 0
                ? "not known of any: it takes position_side, position_current_price, and a later proposal of the symbol"
                : String.format(
                        Locale.ROOT,
                        "went on for the position %d times, against it %d times, not known %d; median %+.2f %%, worst %+.2f %%",
                        hindsight.kept(),
                        hindsight.closed(),
                        hindsight.unknown(),
                        100 * hindsight.median(),
                        100 * hindsight.worst());
        return List.of(
                "the price after these (the last one that a proposal told 5 to 60 minutes later; no sizes, no fees, no criterion):",
                "  " + figures);
    }

    /** A time in a bucket, and its share of all that is spoken for. */
    static String time(long ms, Map<Bucket, Long> times) {
        long all = times.values().stream().mapToLong(Long::longValue).sum();
        return minutes(ms) + (all == 0 ? "" : String.format(Locale.ROOT, ", %.1f %%", 100.0 * ms / all));
    }

    private static String minutes(long ms) {
        long minutes = ms / 60_000;
        return minutes / 60 + " h " + minutes % 60 + " min";
    }

    static String time(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
