package io.heatwire.operators.world;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.lookup.KeyTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The settings of an operator from environment text, as a recorded case gives it. */
public final class VectorSettings {

    private final OperatorSpec spec;
    private final Map<String, String> keys;

    /**
     * Settings of this operator.
     *
     * @param keys key templates by port
     */
    public VectorSettings(OperatorSpec spec, Map<String, String> keys) {
        this.spec = spec;
        this.keys = keys;
    }

    /**
     * The checked configuration.
     *
     * @param texts values by environment name, or by the setting's name where it has none
     * @throws IllegalArgumentException when a value is refused
     */
    public OperatorConfig config(Map<String, String> texts) {
        Map<String, Object> values = new HashMap<>();
        for (Setting setting : spec.settings()) {
            String name = setting.env().isEmpty() ? setting.name() : setting.env();
            values.put(setting.name(), setting.parse(texts.getOrDefault(name, setting.fallback())));
        }
        Map<String, KeyTemplate> templates = new HashMap<>();
        keys.forEach((port, template) -> templates.put(port, KeyTemplate.parse(template)));
        OperatorConfig config = new OperatorConfig(values, templates);
        List<SettingProblem> problems = spec.check().apply(config);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.toString());
        }
        return config;
    }

    /** Whether a setting has this environment name. */
    public boolean knows(String env) {
        return spec.settings().stream().anyMatch(setting -> setting.env().equals(env));
    }
}
