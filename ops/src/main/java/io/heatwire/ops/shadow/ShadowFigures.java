package io.heatwire.ops.shadow;

import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.shadow.Comparison.Bucket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the comparisons come to. Pure. */
public final class ShadowFigures {

    /** So many hours of the time looked at must have a proposal in them. */
    public static final int HOURS_NEEDED = 24;

    /** Fewer say nothing about a rate. */
    public static final int PROPOSALS_NEEDED = 30;

    private static final long HOUR_MS = 3_600_000;
    /** A proposal speaks for the time until the next one, but for no longer than this. */
    private static final long SPEAKS_FOR_MS = 600_000;

    private static final int MOST_ROWS = 12;

    private final ShadowData data;
    private final List<Comparison> all;

    /** The figures of this data. */
    public ShadowFigures(ShadowData data) {
        this.data = data;
        this.all = data.comparisons();
    }

    ShadowData data() {
        return data;
    }

    /** How many proposals were compared. */
    public long proposals() {
        return all.size();
    }

    /** How many of them would have got another action. */
    public long changed() {
        return all.stream().filter(Comparison::isChanged).count();
    }

    /** How many of the hours back from now have a proposal in them. */
    public long hoursCovered() {
        return all.stream().map(this::hoursAgo).distinct().count();
    }

    /** The hours that were looked at. */
    public long hoursAsked() {
        return Math.max(1, data.sinceMs() / HOUR_MS);
    }

    private long hoursAgo(Comparison each) {
        return Math.min(hoursAsked() - 1, Math.max(0, (data.nowMs() - each.atMs()) / HOUR_MS));
    }

    long unknown() {
        return count(Bucket.UNKNOWN);
    }

    long count(Bucket bucket) {
        return all.stream().filter(each -> each.bucket() == bucket).count();
    }

    private List<Comparison> belowHot() {
        return all.stream()
                .filter(each -> each.bucket() == Bucket.COLD || each.bucket() == Bucket.WARM)
                .toList();
    }

    /**
     * Each criterion with its figure. Whether a downgrade would have been a mistake, and what it would have earned, is not among
     * them: the streams do not tell, only {@link #hindsight} hints at it.
     */
    public List<Check> criteria() {
        List<Check> criteria = new ArrayList<>();
        criteria.add(new Check(
                "shadow data",
                "at least " + HOURS_NEEDED + " hours with proposals",
                hoursCovered() + " h of " + HOURS_NEEDED + " h",
                hoursCovered() >= HOURS_NEEDED));
        criteria.add(new Check(
                "proposals seen",
                "at least " + PROPOSALS_NEEDED,
                Long.toString(proposals()),
                proposals() >= PROPOSALS_NEEDED));
        criteria.add(intake());
        criteria.add(downgradeRate());
        long below = belowHot().size();
        long changedBelow = belowHot().stream().filter(Comparison::isChanged).count();
        criteria.add(downgradedBelowHot(changedBelow, below));
        criteria.add(new Check(
                "heat unknown",
                "at most 5 % of the proposals",
                percent(unknown(), proposals()),
                share(unknown(), proposals()) <= 0.05));
        return List.copyOf(criteria);
    }

    private Check intake() {
        Intake intake = data.intake();
        boolean isKnown = intake.isKnown() && intake.came() > 0;
        String unknown = intake.isKnown()
                ? "not known: of the time looked at, its stream holds none older than a minute"
                : "not known: there are too many to count, or nobody knows their stream";
        return new Check(
                "proposals decided",
                "at least 95 % of those that came; the others are dead letters or were never read",
                isKnown ? percent(intake.decidedOfThese(), intake.came()) : unknown,
                !isKnown || share(intake.decidedOfThese(), intake.came()) >= 0.95);
    }

    private Check downgradeRate() {
        double share = share(changed(), proposals());
        String note = share > 0.40 ? "; note: above 40 %, more than a portfolio of mixed heat gives" : "";
        return new Check(
                "downgrade rate",
                "at least 10 % of the proposals",
                percent(changed(), proposals()) + note,
                share >= 0.10);
    }

    private static Check downgradedBelowHot(long part, long whole) {
        double share = share(part, whole);
        String note =
                share >= 0.10 && share <= 0.30 ? "; note: not above 30 %, a weak effect: look at the examples" : "";
        return new Check(
                "downgraded in COLD or WARM",
                "at least 10 % of the proposals there",
                percent(part, whole) + note,
                share >= 0.10);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? Double.NaN : (double) part / whole;
    }

    static String percent(long part, long whole) {
        return whole == 0
                ? "no proposals"
                : String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * part / whole, part, whole);
    }

    /** Whether every criterion is met. */
    public boolean isGo() {
        return criteria().stream().allMatch(Check::isGood);
    }

    /** GO, or HOLD with what is missing. */
    public String decision() {
        return isGo()
                ? "GO"
                : criteria().stream()
                        .filter(check -> !check.isGood())
                        .map(check -> check.name() + " " + check.seen())
                        .collect(Collectors.joining(", ", "HOLD: ", ""));
    }

    /** How long the portfolio was in each bucket, in ms; what nobody knows of is not in it. */
    Map<Bucket, Long> timeIn() {
        Map<Bucket, Long> times = new EnumMap<>(Bucket.class);
        for (Bucket bucket : Bucket.values()) {
            times.put(bucket, 0L);
        }
        for (int i = 0; i < all.size(); i++) {
            long until = i + 1 < all.size() ? all.get(i + 1).atMs() : data.nowMs();
            long spokenFor =
                    Math.min(SPEAKS_FOR_MS, Math.max(0, until - all.get(i).atMs()));
            times.merge(all.get(i).bucket(), spokenFor, Long::sum);
        }
        return times;
    }

    /** How many of the full closes would have been cut down. */
    String fullCloses() {
        List<Comparison> full = all.stream().filter(Comparison::isFullClose).toList();
        return full.isEmpty()
                ? "none proposed"
                : percent(full.stream().filter(Comparison::isChanged).count(), full.size());
    }

    /** What the price did after the closes that would have been cut down. */
    Hindsight hindsight() {
        return Hindsight.of(all);
    }

    /** How many known heats are in each tenth, and above 1. */
    Map<String, Long> heats() {
        Map<String, Long> bins = new LinkedHashMap<>();
        for (int tenth = 0; tenth < 10; tenth++) {
            bins.put(bin(tenth), 0L);
        }
        bins.put(bin(10), 0L);
        known().forEach(heat -> bins.merge(bin((int) Math.min(10, Math.floor(heat * 10 + 1e-9))), 1L, Long::sum));
        return bins;
    }

    private static String bin(int tenth) {
        return tenth == 10
                ? "1.0 and more"
                : String.format(Locale.ROOT, "%.1f to %.1f", tenth / 10.0, (tenth + 1) / 10.0);
    }

    private List<Double> known() {
        return all.stream()
                .filter(each -> each.bucket() != Bucket.UNKNOWN)
                .map(Comparison::heat)
                .sorted()
                .toList();
    }

    /** The heat that this share of the known ones does not exceed; NaN when none is known. */
    double quantile(double share) {
        List<Double> known = known();
        return known.isEmpty() ? Double.NaN : known.get((int) Math.max(0, Math.ceil(share * known.size()) - 1));
    }

    /** How often which action became which, most frequent first. */
    Map<String, Long> actions() {
        return mix(each -> each.from() + (each.isChanged() ? " to " + each.to() : ", unchanged"));
    }

    /** How often each reason was given. */
    Map<String, Long> reasons() {
        return mix(Comparison::reason);
    }

    private Map<String, Long> mix(Function<Comparison, String> name) {
        Map<String, Long> counts = all.stream().collect(Collectors.groupingBy(name, Collectors.counting()));
        Map<String, Long> mix = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry ->
                        mix.merge(mix.size() < MOST_ROWS ? entry.getKey() : "all others", entry.getValue(), Long::sum));
        return mix;
    }

    /** The newest that would have been changed, for a person to judge. */
    List<Comparison> examples() {
        List<Comparison> changed = all.stream().filter(Comparison::isChanged).toList();
        return changed.subList(Math.max(0, changed.size() - 5), changed.size());
    }
}
