package io.heatwire.operators.entry;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A generic operator with the settings of one stage, as the wiring would make it. */
public final class Configured {

    private final OperatorSpec declared;
    private final OperatorConfig config;

    private Configured(OperatorSpec declared, OperatorConfig config) {
        this.declared = declared;
        this.config = config;
    }

    /** With these settings as texts, blocks as maps of texts; all others at their defaults. */
    public static Configured of(OperatorSpec spec, Map<String, Object> settings, Map<String, String> keys) {
        Map<String, Object> values = new HashMap<>();
        for (Setting setting : spec.settings()) {
            Object given = settings.get(setting.name());
            if (given instanceof Map<?, ?> block) {
                Map<String, Object> read = new LinkedHashMap<>();
                block.forEach((name, text) -> read.put((String) name, setting.parseValue((String) text)));
                values.put(setting.name(), read);
            } else {
                values.put(
                        setting.name(),
                        setting.parse(given == null ? Objects.requireNonNull(setting.fallback()) : (String) given));
            }
        }
        Map<String, KeyTemplate> templates = new HashMap<>();
        keys.forEach((port, template) -> templates.put(port, KeyTemplate.parse(template)));
        return new Configured(spec, new OperatorConfig(values, templates, "here"));
    }

    public OperatorSpec spec() {
        return declared.configured(config);
    }

    public OperatorConfig config() {
        return config;
    }

    public List<String> problems() {
        return declared.check().apply(config).stream().map(SettingProblem::what).toList();
    }

    public EventOperator operator() {
        return (EventOperator) spec().factory().apply(config);
    }

    public Outcome decide(Event event) {
        return decide(event, Found.NOTHING);
    }

    /** Decides, and holds that every effect goes to an output the footprint names. */
    public Outcome decide(Event event, Found found) {
        Outcome outcome = operator().decide(event, found, 0);
        for (Effect effect : effects(outcome)) {
            if (!spec().outputs().contains(effect.output())) {
                throw new AssertionError("the footprint has no output " + effect.output());
            }
        }
        return outcome;
    }

    public static List<Effect> effects(Outcome outcome) {
        return outcome instanceof Outcome.Apply apply
                ? apply.groups().stream()
                        .flatMap(group -> group.effects().stream())
                        .toList()
                : List.of();
    }

    /** The one entry the outcome appends, as {@code port: name=value ...}; empty when it appends none. */
    public static String appended(Outcome outcome) {
        return effects(outcome).stream()
                .map(Effect.Append.class::cast)
                .map(append -> append.output().port() + ":" + pairs(append.more()))
                .findFirst()
                .orElse("");
    }

    public static String pairs(List<String> more) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < more.size(); i += 2) {
            text.append(' ').append(more.get(i)).append('=').append(more.get(i + 1));
        }
        return text.toString();
    }

    /** An event of the entry 90123-1 with names and values in turn. */
    public static Event event(String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return Event.of(new EntryId(90_123, 1), fields);
    }
}
