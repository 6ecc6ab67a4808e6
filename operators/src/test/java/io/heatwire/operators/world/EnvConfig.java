package io.heatwire.operators.world;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.lookup.KeyTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configuration of an operator as the wiring makes it: parsed from text, with the keys of the reference system. */
public final class EnvConfig {

    private EnvConfig() {}

    /**
     * The configuration.
     *
     * @param env texts by environment name, or by setting name for settings without one; the defaults fill the rest
     * @param keys key templates by port, besides those of the look-ups
     * @throws IllegalArgumentException when a setting is refused
     */
    public static OperatorConfig of(OperatorSpec spec, Map<String, String> env, Map<String, String> keys) {
        Map<String, Object> settings = new HashMap<>();
        for (Setting setting : spec.settings()) {
            String name = setting.env().isEmpty() ? setting.name() : setting.env();
            settings.put(setting.name(), setting.parse(env.getOrDefault(name, setting.fallback())));
        }
        Map<String, KeyTemplate> templates = new HashMap<>();
        for (LookUpSpec lookUp : spec.lookUps()) {
            templates.put(lookUp.port(), KeyTemplate.parse(lookUp.template()));
        }
        keys.forEach((port, template) -> templates.put(port, KeyTemplate.parse(template)));
        OperatorConfig config = new OperatorConfig(Map.copyOf(settings), Map.copyOf(templates));
        List<?> problems = spec.check().apply(config);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return config;
    }
}
