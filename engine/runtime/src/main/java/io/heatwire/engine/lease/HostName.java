package io.heatwire.engine.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, without asking a name server: that may take seconds, and it is for people only. */
public final class HostName {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** The name; {@code unknown-host} when the machine does not tell. */
    public static String get() {
        String name = fromKernel();
        if (name.isEmpty()) {
            name = System.getenv().getOrDefault("HOSTNAME", System.getenv().getOrDefault("COMPUTERNAME", ""));
        }
        String word = name.replaceAll("[^A-Za-z0-9._-]", "");
        return word.isEmpty() ? "unknown-host" : word;
    }

    private static String fromKernel() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException | SecurityException notToBeHad) {
            return "";
        }
    }
}
