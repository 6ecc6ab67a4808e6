package io.heatwire.ops.trace;

import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at each key that the id is part of. Other variables take the values that the entries and the settings have for them. */
final class TraceKeys {

    private static final int KEYS_AT_MOST = 200;

    private final BrokerView view;
    private final Graph graph;
    private final List<StagePlan> stages;
    private final TraceRequest request;
    private final List<StreamFound> streams;

    TraceKeys(BrokerView view, Graph graph, List<StagePlan> stages, TraceRequest request, List<StreamFound> streams) {
        this.view = view;
        this.graph = graph;
        this.stages = stages;
        this.request = request;
        this.streams = streams;
    }

    List<KeyFound> read() {
        List<KeyFound> found = new ArrayList<>();
        for (KeyWire key : graph.keys()) {
            if (key.template().variables().contains(request.field())) {
                for (Map<String, String> values : values(key.template())) {
                    if (found.size() < KEYS_AT_MOST) {
                        found.add(found(key, values));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private List<Map<String, String>> values(KeyTemplate template) {
        List<Map<String, String>> all = List.of(Map.of());
        for (String variable : template.variables()) {
            Set<String> candidates = variable.equals(request.field()) ? Set.of(request.id()) : seen(variable);
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> values : all) {
                for (String candidate : candidates) {
                    Map<String, String> more = new HashMap<>(values);
                    more.put(variable, candidate);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    private Set<String> seen(String variable) {
        Set<String> values = new LinkedHashSet<>();
        streams.stream()
                .flatMap(stream -> stream.entries().stream())
                .forEach(entry -> entry.text(variable).ifPresent(values::add));
        stages.forEach(stage -> Optional.ofNullable(stage.config().settings().get(variable))
                .ifPresent(setting -> values.add(String.valueOf(setting))));
        return values;
    }

    private static String key(KeyTemplate template, Map<String, String> values) {
        StringBuilder key = new StringBuilder(template.parts().get(0));
        for (int i = 0; i < template.variables().size(); i++) {
            key.append(values.getOrDefault(template.variables().get(i), ""))
                    .append(template.parts().get(i + 1));
        }
        return key.toString();
    }

    private KeyFound found(KeyWire wire, Map<String, String> values) {
        String key = key(wire.template(), values);
        String type = view.type(key);
        String kind = wire.type().name().toLowerCase(Locale.ROOT);
        for (StagePlan stage : stages) {
            for (Map.Entry<String, KeyTemplate> port : stage.config().keys().entrySet()) {
                boolean isPoint = Writers.point(stage)
                        .map(point -> values.getOrDefault("obs_point", point).equals(point))
                        .orElse(true);
                if (port.getValue().text().equals(wire.template().text())
                        && Writers.writes(stage, port.getKey())
                        && isPoint) {
                    return new KeyFound(
                            wire.name().text(),
                            key,
                            kind.equals("marker"),
                            type,
                            view.expiresMs(key),
                            Writers.lifeMs(stage, port.getKey()),
                            stage.name());
                }
            }
        }
        return new KeyFound(wire.name().text(), key, kind.equals("marker"), type, view.expiresMs(key), -1, "");
    }
}
