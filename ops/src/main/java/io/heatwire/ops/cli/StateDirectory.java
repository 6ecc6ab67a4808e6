package io.heatwire.ops.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a running engine and the commands that speak to it meet. */
final class StateDirectory {

    private StateDirectory() {}

    /** The directory asked for, else that of the environment; empty when neither names one. */
    static Optional<Path> of(@Nullable Path asked, Map<String, String> environment) {
        if (asked != null) {
            return Optional.of(asked);
        }
        return named(environment, "HEATWIRE_STATE_DIR")
                .or(() -> named(environment, "RUNTIME_DIRECTORY"))
                .or(() -> named(environment, "XDG_RUNTIME_DIR").map(user -> user.resolve("heatwire")));
    }

    /** systemd gives several directories with colons between them. */
    private static Optional<Path> named(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").split(":", 2)[0];
        return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
    }
}
