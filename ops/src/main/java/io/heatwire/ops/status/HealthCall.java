package io.heatwire.ops.status;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Asks one engine for its health. Follows no redirect: the token is for this address alone. */
public final class HealthCall {

    private final PageCall call;

    /**
     * A call.
     *
     * @param address of the page /health
     * @param token shown as a bearer; null for none
     */
    public HealthCall(URI address, @Nullable String token) {
        this.call = new PageCall(address, token);
    }

    /**
     * The answer, whether it is a good one or not.
     *
     * @throws NoAnswerException when nobody answers, or with something else; the message says what to do
     */
    public StatusPage ask() throws NoAnswerException, InterruptedException {
        PageCall.Page page = call.ask();
        URI address = call.address();
        if (page.status() != 200 && page.status() != 503) {
            throw new NoAnswerException(address + " answered " + page.status() + " and not with a health");
        }
        try {
            // JSON is YAML, and this reader is bounded in depth and size already.
            Object read = new Load(LoadSettings.builder().build()).loadFromString(page.body());
            if (read instanceof Map<?, ?> fields && fields.get("stages") != null) {
                return new StatusPage(fields);
            }
        } catch (YamlEngineException | StackOverflowError malformed) {
            throw new NoAnswerException(address + " answered with something that is not JSON", malformed);
        }
        throw new NoAnswerException(address + " answered with something that is not a health");
    }
}
