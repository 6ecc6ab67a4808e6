package io.heatwire.ops.ask;

import io.heatwire.ops.dead.Escaped;
import java.io.IOException;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks for one page. Follows no redirect: the token is for this address alone. */
final class PageCall {

    private static final Duration TO_BEGIN = Duration.ofSeconds(5);
    private static final Duration TO_END = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 16_000_000;
    private static final int MOST_CAUSES = 10;

    private final HttpClient client;
    private final URI address;
    private final @Nullable String token;

    PageCall(HttpClient client, URI address, @Nullable String token) {
        this.client = client;
        this.address = address;
        this.token = token;
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(TO_BEGIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** What came back, whatever it says. */
    record Page(URI address, int status, String body) {

        <T> Answer<T> instead(String of) {
            return new Answer.None<>(address.getAuthority() + " answered " + of);
        }
    }

    /** The answer, which never fails and comes within 10 s. */
    CompletableFuture<Answer<Page>> ask() {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TO_BEGIN);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request.build(), head -> new BoundedBody(MOST_BYTES));
        return exchange.copy()
                .orTimeout(TO_END.toSeconds(), TimeUnit.SECONDS)
                .whenComplete((response, failure) -> exchange.cancel(true))
                .handle((response, failure) -> failure == null ? answer(response) : none(failure));
    }

    private Answer<Page> answer(HttpResponse<byte[]> response) {
        if (response.statusCode() == 401) {
            return new Answer.None<>(
                    token == null
                            ? address.getAuthority()
                                    + " asks for a token: name the wiring that has it, or give --token-file FILE"
                            : address.getAuthority() + " does not take this token");
        }
        return new Answer.Given<>(
                new Page(address, response.statusCode(), new String(response.body(), StandardCharsets.UTF_8)));
    }

    private Answer<Page> none(Throwable failure) {
        return new Answer.None<>("no answer from " + address.getAuthority() + ": " + why(failure));
    }

    /** In words: the client of the JDK leaves many of its exceptions without any. */
    private static String why(Throwable failure) {
        List<Throwable> causes = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MOST_CAUSES)
                .toList();
        if (hasCause(causes, HttpTimeoutException.class)) {
            return "nothing came within " + TO_BEGIN.toSeconds() + " s";
        }
        if (hasCause(causes, TimeoutException.class)) {
            return "it did not come to an end within " + TO_END.toSeconds() + " s";
        }
        if (hasCause(causes, UnresolvedAddressException.class) || hasCause(causes, UnknownHostException.class)) {
            return "this machine knows no such host";
        }
        String said = causes.stream()
                .filter(IOException.class::isInstance)
                .flatMap(cause -> Optional.ofNullable(cause.getMessage()).stream())
                .filter(message -> !message.isBlank())
                .reduce("", (first, last) -> last);
        boolean isRefused =
                hasCause(causes, ConnectException.class) && (said.isEmpty() || said.endsWith("Connection refused"));
        if (isRefused) {
            return "nobody listens there";
        }
        return said.isEmpty() ? "the connection broke" : Escaped.plain(said);
    }

    private static boolean hasCause(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }
}
