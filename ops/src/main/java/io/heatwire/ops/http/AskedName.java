package io.heatwire.ops.http;

import io.heatwire.wiring.HttpListener;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a listener is asked. A page of somebody else may have its own name point at this machine once a person has
 * opened it, and the browser then lets it read the answers. A listener that trusts this machine alone therefore answers only to
 * names that nobody else can give: addresses and localhost.
 */
final class AskedName {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+]");

    private final boolean isOpen;
    private final String own;

    AskedName(HttpListener listener) {
        this.isOpen = listener.token() != null || !listener.isGuarded();
        this.own = listener.host().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a request under this name is answered.
     *
     * @param host the header Host, with or without a port; null when there is none, as no browser sends it
     */
    boolean admits(@Nullable String host) {
        if (isOpen || host == null) {
            return true;
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
        return name.equals("localhost")
                || name.equals(own)
                || ADDRESS.matcher(name).matches();
    }
}
