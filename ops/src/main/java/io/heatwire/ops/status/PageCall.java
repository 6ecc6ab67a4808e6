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
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks an engine for one page. Follows no redirect: the token is for this address alone. */
final class PageCall {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 8_000_000;
    private static final int MOST_CAUSES = 10;

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
                    throw new NoAnswerException(
                            token == null
                                    ? address
                                            + " asks for a token: name the wiring that has it, or give --token-file FILE"
                                    : address + " does not take this token");
                }
                return new Page(response.statusCode(), new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
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
}
