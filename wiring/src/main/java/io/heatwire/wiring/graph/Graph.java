package io.heatwire.wiring.graph;

import java.util.List;
import java.util.Optional;

/** A whole wiring. */
public record Graph(
        RedisWire redis,
        EngineWire engine,
        List<StreamWire> streams,
        List<KeyWire> keys,
        List<StageWire> stages,
        List<ListenerWire> listeners,
        List<CoverageWire> coverage,
        Declared declared) {

    /** The stream with this name, or else with this key. */
    public Optional<StreamWire> stream(String nameOrKey) {
        return streams.stream()
                .filter(stream -> stream.name().text().equals(nameOrKey))
                .findFirst()
                .or(() -> streams.stream()
                        .filter(stream -> stream.key().equals(nameOrKey))
                        .findFirst());
    }

    /** The key with this name. */
    public Optional<KeyWire> key(String name) {
        return keys.stream().filter(key -> key.name().text().equals(name)).findFirst();
    }

    /** The stage with this name. */
    public Optional<StageWire> stage(String name) {
        return stages.stream().filter(stage -> stage.name().text().equals(name)).findFirst();
    }

    /** The stages that are switched on. */
    public List<StageWire> stagesOn() {
        return stages.stream().filter(StageWire::isOn).toList();
    }
}
