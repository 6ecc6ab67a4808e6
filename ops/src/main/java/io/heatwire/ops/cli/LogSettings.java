package io.heatwire.ops.cli;

import io.heatwire.ops.systemd.JournalStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HEATWIRE_LOG_LEVEL and HEATWIRE_LOG_FORMAT, handed to the logging library before its first line. */
final class LogSettings {

    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");
    private static final List<String> FORMATS = List.of("text", "json");

    private LogSettings() {}

    /** Sets up logging; returns what is wrong with the environment, for people. */
    static Optional<String> apply(Map<String, String> environment, String... args) {
        // These tell their own story; the lines of stages and connections would drown it.
        boolean quiet = args.length > 0 && (args[0].equals("demo") || args[0].equals("dead"));
        String level = value(environment, "HEATWIRE_LOG_LEVEL", quiet ? "warn" : "info");
        String stages = value(environment, "HEATWIRE_LOG_LEVEL", quiet ? "error" : "info");
        String format = value(environment, "HEATWIRE_LOG_FORMAT", "text");
        if (!LEVELS.contains(level)) {
            return Optional.of("HEATWIRE_LOG_LEVEL is '" + level + "', expected one of " + String.join(", ", LEVELS));
        }
        if (!FORMATS.contains(format)) {
            return Optional.of(
                    "HEATWIRE_LOG_FORMAT is '" + format + "', expected one of " + String.join(", ", FORMATS));
        }
        System.setProperty("heatwire.log.level", level);
        System.setProperty("heatwire.log.stages", stages);
        System.setProperty("heatwire.log.format", format);
        System.setProperty("heatwire.log.journal", Boolean.toString(JournalStream.takesStandardError(environment)));
        boolean showsTraces = level.equals("debug") || level.equals("trace");
        System.setProperty("heatwire.log.traces", showsTraces ? "%ex" : "%nopex");
        return Optional.empty();
    }

    private static String value(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "").strip().toLowerCase(Locale.ROOT);
        return value.isEmpty() ? otherwise : value;
    }
}
