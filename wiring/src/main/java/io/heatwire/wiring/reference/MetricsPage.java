package io.heatwire.wiring.reference;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.HealthField;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be scraped, operator by operator. */
final class MetricsPage {

    private static final List<String> HEAD = List.of("metric", "type", "labels", "meaning");

    private MetricsPage() {}

    static String render(List<OperatorSpec> catalog, List<MeterSpec> engineMeters) {
        Markdown page = new Markdown()
                .title(
                        "Metrics",
                        "Every metric with the values its labels may take. All combinations of known values are there at"
                                + " 0 from the start; a value beyond the bound counts as `" + Label.OTHER + "`."
                                + " A counter moves only when what it speaks of was committed.");
        if (!engineMeters.isEmpty()) {
            page.chapter("Every stage")
                    .table(HEAD, engineMeters.stream().map(MetricsPage::meter).toList());
        }
        for (OperatorSpec spec : catalog) {
            page.chapter(spec.name())
                    .table(HEAD, spec.meters().stream().map(MetricsPage::meter).toList())
                    .table(
                            List.of("field of /health", "what it tells"),
                            spec.duties().health().stream()
                                    .map(MetricsPage::health)
                                    .toList());
        }
        return page.toString();
    }

    private static List<String> meter(MeterSpec meter) {
        return List.of(
                Markdown.code(meter.name()),
                meter.type().name().toLowerCase(Locale.ROOT),
                String.join(
                        "; ", meter.labels().stream().map(MetricsPage::label).toList()),
                Markdown.sentence(meter.help()) + buckets(meter));
    }

    private static String buckets(MeterSpec meter) {
        return meter.buckets().isEmpty()
                ? ""
                : " Buckets up to "
                        + String.join(
                                ", ",
                                meter.buckets().stream().map(MetricsPage::bound).toList()) + ".";
    }

    private static String bound(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static String label(Label label) {
        List<String> values = new ArrayList<>();
        if (!label.values().isEmpty()) {
            values.add(Markdown.codes(label.values()));
        }
        if (label.fromSetting() != null) {
            // The engine's own meters take their stage from the wiring, not from a setting.
            values.add(
                    label.fromSetting().equals(label.name())
                            ? "each " + label.name()
                            : "each of the setting " + Markdown.code(label.fromSetting()));
        }
        if (label.room() > 0) {
            values.add("up to " + label.room() + (values.isEmpty() ? " values" : " more"));
        }
        return Markdown.code(label.name()) + ": " + String.join(", ", values);
    }

    private static List<String> health(HealthField field) {
        return List.of(
                Markdown.code(field.name()),
                switch (field.fact()) {
                    case LAST_LOOP_EPOCH_S -> "Unix time of the last good turn of the loop, in s.";
                    case LAST_LOOP_MS -> "How long the last turn took, in ms.";
                    case BACKLOG -> "Entries pending or not yet delivered.";
                    case GAUGE -> "The gauge " + Markdown.code(field.gauge()) + ", as a whole number.";
                });
    }
}
