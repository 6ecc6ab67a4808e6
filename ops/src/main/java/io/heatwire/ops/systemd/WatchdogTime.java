package io.heatwire.ops.systemd;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How long systemd waits for a sign of life. */
final class WatchdogTime {

    private WatchdogTime() {}

    /** As the environment says; empty when it says nothing, or says it to another process. */
    static Optional<Duration> of(Map<String, String> environment) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        boolean isForUs = pid.isEmpty()
                || pid.equals(Long.toString(ProcessHandle.current().pid()));
        String usec = environment.getOrDefault("WATCHDOG_USEC", "");
        return isForUs && usec.matches("[1-9][0-9]{3,17}")
                ? Optional.of(Duration.ofMillis(Long.parseLong(usec) / 1_000))
                : Optional.empty();
    }
}
