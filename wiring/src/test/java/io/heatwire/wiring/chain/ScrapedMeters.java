package io.heatwire.wiring.chain;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.plan.StagePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The meters an operator declares, as a scrape shows them: label values beyond the declared ones are one, and 0 says nothing. */
final class ScrapedMeters {

    private final StagePlan stage;
    private final Map<String, MeterSpec> specs;

    /** Those of this stage, without the ones that the engine moves for it. */
    ScrapedMeters(StagePlan stage) {
        this.stage = stage;
        this.specs = stage.spec().meters().stream()
                .filter(spec -> !spec.equals(stage.spec().duties().loops())
                        && !spec.equals(stage.spec().duties().errors()))
                .collect(Collectors.toMap(MeterSpec::name, Function.identity()));
    }

    @Nullable
    MeterSpec spec(String name) {
        return specs.get(name);
    }

    /** What a scrape shows of these series. */
    Map<String, Double> scraped(Map<String, Double> meters) {
        Map<String, Double> scraped = new TreeMap<>();
        meters.forEach((series, value) -> {
            MeterSpec spec = specs.get(series.replaceFirst("(?s)[{].*", "").replaceFirst("_count$", ""));
            if (spec == null || spec.type() == MeterSpec.Type.GAUGE) {
                scraped.put(bounded(spec, series), value);
            } else {
                scraped.merge(bounded(spec, series), value, Double::sum);
            }
        });
        scraped.values().removeIf(value -> value == 0);
        return scraped;
    }

    private String bounded(@Nullable MeterSpec spec, String series) {
        if (spec == null || spec.labels().isEmpty()) {
            return series;
        }
        Matcher values = pattern(spec).matcher(series);
        if (!values.matches()) {
            throw new IllegalStateException(series + " is no series of " + spec);
        }
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < spec.labels().size(); i++) {
            labels.add(bounded(spec.labels().get(i), values.group(i + 1)));
        }
        return series(spec, labels);
    }

    private String bounded(Label label, String value) {
        Set<String> known = new HashSet<>(label.values());
        if (label.fromSetting() != null) {
            known.addAll(stage.config().list(label.fromSetting()));
        }
        return known.contains(value) || label.room() > 0 ? value : Label.OTHER;
    }

    private static Pattern pattern(MeterSpec spec) {
        String labels =
                spec.labels().stream().map(label -> label.name() + "=\"(.*)\"").collect(Collectors.joining(","));
        return Pattern.compile(spec.name() + "[{]" + labels + "[}]", Pattern.DOTALL);
    }

    static String series(MeterSpec spec, List<String> values) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            labels.add(spec.labels().get(i).name() + "=\"" + values.get(i) + "\"");
        }
        return spec.name() + (labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}");
    }
}
