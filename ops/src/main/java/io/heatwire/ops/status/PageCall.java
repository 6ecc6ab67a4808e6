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
import org.jspecify.annotations.Nullable;

/** Asks an engine for one page. Follows no redirect: the token is for this address alone. */
final class PageCall {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 8_000_000;

    private final URI address;
    private final @Nullable String token;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    PageCall(URI address, @Nullable String token) {
        this.address = address;
        this.token = token;
    }

    /** What came back. */
    record Page(int status, String body) {}

    URI address() {
        return address;
    }

    /**
     * The answer, whatever it says.
     *
     * @throws NoAnswerException when nobody answers, or the token is missing; the message says what to do
     */
    Page ask() throws NoAnswerException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == 401) {
                    throw new NoAnswerException(address + " asks for a token: name the wiring that has it");
                }
                return new Page(response.statusCode(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
            throw new NoAnswerException(
                    "no answer from " + address + ": " + Escaped.plain(why) + "; is the engine running there?",
                    failure);
        }
    }
}
