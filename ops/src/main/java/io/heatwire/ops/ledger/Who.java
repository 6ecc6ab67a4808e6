package io.heatwire.ops.ledger;

import io.heatwire.engine.lease.HostName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who gave a command, as far as the machine tells.
 *
 * @param user the user the command runs as
 * @param sudoUser who became that user; empty when nobody did
 * @param tty the terminal; empty when there was none
 */
public record Who(String user, String sudoUser, String host, String tty) {

    private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");

    /** Whoever runs this process. */
    public static Who here(Map<String, String> environment) {
        return new Who(
                System.getProperty("user.name", ""),
                environment.getOrDefault("SUDO_USER", ""),
                HostName.get(),
                terminal());
    }

    private static String terminal() {
        try {
            String input = Files.readSymbolicLink(STANDARD_INPUT).toString();
            return input.startsWith("/dev/pts/") || input.startsWith("/dev/tty") ? input : "";
        } catch (IOException | UnsupportedOperationException notLinux) {
            return "";
        }
    }

    /** In a few characters. */
    public String shown() {
        return (sudoUser.isEmpty() ? user : sudoUser + " as " + user) + "@" + host;
    }
}
