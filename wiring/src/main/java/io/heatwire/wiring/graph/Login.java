package io.heatwire.wiring.graph;

import org.jspecify.annotations.Nullable;

/** As whom to log in; without a password not at all. */
public record Login(@Nullable String username, @Nullable String password) {

    /** Hides the password. */
    @Override
    public String toString() {
        return username == null ? "default" : username;
    }
}
