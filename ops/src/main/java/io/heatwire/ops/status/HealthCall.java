package io.heatwire.ops.status;

import io.heatwire.ops.dead.Escaped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Asks one engine for its health. Follows no redirect: the token is for this address alone. */
public final class HealthCall {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 2_000_000;

    private final URI address;
    private final @Nullable String token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * A call.
     *
     * @param address of the page /health
     * @param token shown as a bearer; null for none
     */
    public HealthCall(URI address, @Nullable String token) {
        this.address = address;
        this.token = token;
    }

    /**
     * The answer, whether it is a good one or not.
     *
     * @throws NoAnswerException when nobody answers, or with something else; the message says what to do
     */
    public StatusPage ask() throws NoAnswerException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return page(response.statusCode(), body.readNBytes(MOST_BYTES));
            }
        } catch (IOException failure) {
            String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            throw new NoAnswerException(
                    "no answer from " + address + ": " + Escaped.plain(why) + "; is the engine running there?",
                    failure);
        }
    }

    private StatusPage page(int status, byte[] body) throws NoAnswerException {
        if (status == 401) {
            throw new NoAnswerException(address + " asks for a token: name the wiring that has it");
        }
        if (status != 200 && status != 503) {
            throw new NoAnswerException(address + " answered " + status + " and not with a health");
        }
        try {
            // JSON is YAML, and this reader is bounded in depth and size already.
            Object read =
                    new Load(LoadSettings.builder().build()).loadFromString(new String(body, StandardCharsets.UTF_8));
            if (read instanceof Map<?, ?> fields && fields.get("stages") != null) {
                return new StatusPage(fields);
            }
        } catch (YamlEngineException | StackOverflowError malformed) {
            throw new NoAnswerException(address + " answered with something that is not JSON", malformed);
        }
        throw new NoAnswerException(address + " answered with something that is not a health");
    }
}
