package io.heatwire.ops.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A running engine, as the file says that it keeps for commands on the same machine.
 *
 * @param pid its process
 * @param startedAtMs when that process started, in Unix ms; 0 when the machine does not tell. Pids are given out again
 * @param wiring the wiring file, absolute
 * @param only the stages it was told to run, separated by commas; empty for all
 * @param takesSignals whether SIGHUP makes it read its wiring again
 * @param generation the number of the wiring that runs
 * @param loadedAtMs when the file was read for the last reload, in Unix ms; 0 before the first
 * @param outcome how that reload ended; empty before the first
 * @param change what changed, or why nothing did
 * @param findings what the check said
 * @param facts what the running wiring says, see {@link PlanFacts}
 */
public record RunState(
        long pid,
        long startedAtMs,
        String wiring,
        String only,
        boolean takesSignals,
        long generation,
        long loadedAtMs,
        String outcome,
        String change,
        String findings,
        SortedMap<String, String> facts) {

    private static final String FILE = "heatwire.run";
    private static final String FACT = "plan.";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Replaces the file as a whole. */
    public void write(Path directory) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("started_at_ms", Long.toString(startedAtMs));
        properties.setProperty("wiring", wiring);
        properties.setProperty("only", only);
        properties.setProperty("takes_signals", Boolean.toString(takesSignals));
        properties.setProperty("generation", Long.toString(generation));
        properties.setProperty("loaded_at_ms", Long.toString(loadedAtMs));
        properties.setProperty("outcome", outcome);
        properties.setProperty("change", change);
        properties.setProperty("findings", findings);
        facts.forEach((name, fact) -> properties.setProperty(FACT + name, fact));
        Path fresh = Files.createTempFile(directory, FILE, ".new", ownerOnly(directory));
        try {
            try (OutputStream out = Files.newOutputStream(fresh)) {
                properties.store(out, null);
            }
            Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path directory) {
        boolean hasPermissions =
                directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasPermissions
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    /** The state an engine has left in this directory; empty when there is none, or nothing that can be understood. */
    public static Optional<RunState> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
            return Optional.of(read(properties));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static RunState read(Properties properties) {
        Map<String, String> all = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        SortedMap<String, String> facts = new TreeMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(FACT)) {
                facts.put(name.substring(FACT.length()), value);
            }
        });
        return new RunState(
                number(all, "pid"),
                number(all, "started_at_ms"),
                all.getOrDefault("wiring", ""),
                all.getOrDefault("only", ""),
                !"false".equals(all.get("takes_signals")),
                number(all, "generation"),
                number(all, "loaded_at_ms"),
                all.getOrDefault("outcome", ""),
                all.getOrDefault("change", ""),
                all.getOrDefault("findings", ""),
                facts);
    }

    private static long number(Map<String, String> all, String name) {
        return Long.parseLong(all.getOrDefault(name, "-"));
    }

    /** Takes the file away, if it is still that of this process. */
    public static void remove(Path directory, long pid) throws IOException {
        if (read(directory).filter(state -> state.pid() == pid).isPresent()) {
            Files.deleteIfExists(directory.resolve(FILE));
        }
    }

    /** The stages it was told to run; empty for all. */
    public Set<String> stages() {
        return only.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(only.split(",", -1)));
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> startedAtMs == 0 || startedAtMs == startOf(process))
                .isPresent();
    }

    /** When a process started, in Unix ms; 0 when the machine does not tell. */
    public static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
    }
}
