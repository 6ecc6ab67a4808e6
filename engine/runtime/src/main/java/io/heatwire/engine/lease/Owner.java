package io.heatwire.engine.lease;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine that holds consumer names, as it introduces itself to people and to other engines.
 *
 * @param place host, process and since when, for people
 * @param process what tells that process apart from every other on its machine
 * @param id tells this engine apart from every other, in the same process too
 */
public record Owner(String place, ProcessMark process, String id) {

    private static final Pattern FORM =
            Pattern.compile("(\\S+ pid (\\d+) since \\S+) \\(([0-9a-f]*)/(\\d+)/([0-9a-f]+)\\)");

    /** A new engine of this process. */
    public static Owner ofThisProcess() {
        ProcessMark process = ProcessMark.ofThisProcess();
        Instant since = ProcessHandle.current()
                .info()
                .startInstant()
                .orElseGet(Instant::now)
                .truncatedTo(ChronoUnit.SECONDS);
        return new Owner(
                HostName.get() + " pid " + process.pid() + " since " + since,
                process,
                UUID.randomUUID().toString().substring(0, 8));
    }

    /** The owner a lease names; empty when something else stands there. */
    public static Optional<Owner> read(String lease) {
        Matcher form = FORM.matcher(lease);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            ProcessMark process =
                    new ProcessMark(form.group(3), Long.parseLong(form.group(2)), Long.parseLong(form.group(4)));
            return Optional.of(new Owner(form.group(1), process, form.group(5)));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }

    /** What stands in a lease. */
    public String lease() {
        return place + " (" + process.scope() + "/" + process.startedAt() + "/" + id + ")";
    }

    /** Whether the owner named in a lease has certainly ended; reads a small file. */
    public static boolean hasEnded(String lease) {
        return read(lease).map(owner -> owner.process().hasEnded()).orElse(false);
    }

    /** A lease as people should read it. */
    public static String shown(String lease) {
        return read(lease).map(Owner::place).orElse(lease);
    }
}
