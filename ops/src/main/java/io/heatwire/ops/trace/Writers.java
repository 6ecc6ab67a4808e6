package io.heatwire.ops.trace;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.Timing;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.StreamEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which stage wrote what. */
final class Writers {

    private static final String OBS_POINT = "obs_point";
    private static final Pattern TTL_OF = Pattern.compile("ttl_(.+)_sec");
    private static final long SECOND_MS = 1000;

    private Writers() {}

    /** The stage that appended the entry; empty when it was another program or cannot be told. */
    static Optional<StagePlan> of(List<StagePlan> stages, String streamKey, StreamEntry entry) {
        List<StagePlan> candidates = stages.stream()
                .filter(stage -> mayHaveWritten(stage, streamKey, entry))
                .toList();
        if (candidates.size() <= 1) {
            return candidates.stream().findFirst();
        }
        // Several append here: those that observe say at which point, and one that has no such setting has a point of
        // its own.
        Optional<String> point = entry.text(OBS_POINT);
        return candidates.stream()
                .filter(stage -> point.isPresent() && point.equals(point(stage)))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(stage -> point(stage).isEmpty())
                        .findFirst());
    }

    /** A stage writes all fields of an output, always and in this order: an entry that looks otherwise came from somebody else. */
    private static boolean mayHaveWritten(StagePlan stage, String streamKey, StreamEntry entry) {
        List<String> names = entry.fields().stream()
                .map(field -> new String(field.name(), StandardCharsets.UTF_8))
                .toList();
        return stage.spec().outputs().stream()
                .filter(output -> streamKey.equals(stage.streams().get(output.port())))
                .anyMatch(output -> output instanceof Output.ToStream stream && fits(stream, names));
    }

    private static boolean fits(Output.ToStream stream, List<String> names) {
        int declared = stream.fields().size();
        return stream.open()
                ? names.size() >= declared && names.subList(0, declared).equals(stream.fields())
                : names.equals(stream.fields());
    }

    static Optional<String> point(StagePlan stage) {
        return Optional.ofNullable(stage.config().settings().get(OBS_POINT)).map(String::valueOf);
    }

    /** The output port of the stage that is bound to this stream. */
    static String port(StagePlan stage, String streamKey) {
        return stage.streams().entrySet().stream()
                .filter(port -> port.getValue().equals(streamKey))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    /** Whether the stage writes the key at this port: as an output or as a marker. */
    static boolean writes(StagePlan stage, String port) {
        boolean isOutput =
                stage.spec().outputs().stream().anyMatch(output -> output.port().equals(port));
        return isOutput
                || stage.spec().lookUps().stream()
                        .anyMatch(lookUp -> lookUp.port().equals(port) && lookUp.type() == LookUpSpec.Type.MARKER);
    }

    /** How long what is written at this port lives, in ms, by the setting that times it or is named after it; -1 when none is. */
    static long lifeMs(StagePlan stage, String port) {
        OperatorConfig config = stage.config();
        for (Setting setting : stage.spec().settings()) {
            if (config.settings().get(setting.name()) instanceof Long value) {
                for (Timing timing : setting.times()) {
                    if (isLifeOf(timing, port)) {
                        return timing.unit().toMillis(value);
                    }
                }
            }
        }
        return config.settings().entrySet().stream()
                .filter(setting -> setting.getValue() instanceof Long && isLifeOf(setting.getKey(), port))
                .mapToLong(setting -> config.integer(setting.getKey()) * SECOND_MS)
                .findFirst()
                .orElse(-1);
    }

    private static boolean isLifeOf(Timing timing, String port) {
        return (timing.span() == Timing.Span.LIFE || timing.span() == Timing.Span.GUARD)
                && timing.port().equals(port);
    }

    private static boolean isLifeOf(String setting, String port) {
        Matcher ttl = TTL_OF.matcher(setting);
        return setting.equals(port + "_ttl_sec") || (ttl.matches() && port.contains(ttl.group(1)));
    }
}
