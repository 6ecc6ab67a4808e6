package io.heatwire.ops.status;

import io.heatwire.ops.dead.Escaped;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Asks one engine for its health. Follows no redirect: the token is for this address alone. */
public final class HealthCall {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 2_000_000;
    private static final int MOST_CAUSES = 10;

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
            throw new NoAnswerException(
                    "no answer from " + address + ": " + why(failure) + "; is the engine running there?", failure);
        }
    }

    /** In words: the client of the JDK leaves many of its exceptions without any. */
    private static String why(IOException failure) {
        List<Throwable> causes = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .toList();
        if (causes.stream().anyMatch(HttpTimeoutException.class::isInstance)) {
            return "nothing came within " + PATIENCE.toSeconds() + " s";
        }
        if (causes.stream()
                .anyMatch(cause ->
                        cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException)) {
            return "this machine knows no such host";
        }
        String said = causes.stream()
                .flatMap(cause -> Optional.ofNullable(cause.getMessage()).stream())
                .filter(message -> !message.isBlank())
                .reduce("", (first, last) -> last);
        boolean isRefused =
                failure instanceof ConnectException && (said.isEmpty() || said.equals("Connection refused"));
        if (isRefused) {
            return "nobody listens there";
        }
        return said.isEmpty() ? "the connection broke" : Escaped.plain(said);
    }

    private StatusPage page(int status, byte[] body) throws NoAnswerException {
        if (status == 401) {
            throw new NoAnswerException(
                    token == null
                            ? address + " asks for a token: name the wiring that has it, or give --token-file FILE"
                            : address + " does not take this token");
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
