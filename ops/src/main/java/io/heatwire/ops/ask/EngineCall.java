package io.heatwire.ops.ask;

import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Asks engines, each at one address. Its connections are its own: a new one never finds those of an engine that has ended. */
public final class EngineCall {

    private final HttpClient client = PageCall.client();

    /** The page of a listener, for somebody on the same machine. */
    static URI address(HttpListener listener, Serves page) {
        String host = listener.host();
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String written = reachable.contains(":") ? "[" + reachable + "]" : reachable;
        return URI.create(
                "http://" + written + ":" + listener.port() + "/" + page.name().toLowerCase(Locale.ROOT));
    }

    /**
     * The health at this address, good or not.
     *
     * @param token shown as a bearer; null for none
     */
    public Answer<HealthAnswer> health(URI address, @Nullable String token) {
        return await(health(address, token, false));
    }

    /** The metrics at this address. */
    public Answer<Scrape> metrics(URI address, @Nullable String token) {
        return await(metricsLater(address, token));
    }

    CompletableFuture<Answer<HealthAnswer>> health(HttpListener listener) {
        return health(
                address(listener, Serves.HEALTH),
                listener.token(),
                listener.stages().size() == 1);
    }

    CompletableFuture<Answer<Scrape>> metrics(HttpListener listener) {
        return metricsLater(address(listener, Serves.METRICS), listener.token());
    }

    /** Whether anybody gives this page at all. */
    boolean isThere(HttpListener listener, Serves page) {
        return await(new PageCall(client, address(listener, page), listener.token()).ask())
                .said()
                .filter(said -> said.status() == 200 || (said.status() == 503 && page != Serves.METRICS))
                .isPresent();
    }

    private CompletableFuture<Answer<HealthAnswer>> health(URI address, @Nullable String token, boolean isOfOneStage) {
        return new PageCall(client, address, token)
                .ask()
                .thenApply(answer -> answer.then(page -> health(page, isOfOneStage)));
    }

    private CompletableFuture<Answer<Scrape>> metricsLater(URI address, @Nullable String token) {
        return new PageCall(client, address, token).ask().thenApply(answer -> answer.then(EngineCall::metrics));
    }

    /** A health that is bad comes with 503 and counts. */
    private static Answer<HealthAnswer> health(PageCall.Page page, boolean isOfOneStage) {
        if (page.status() != 200 && page.status() != 503) {
            return page.instead(page.status() + " and not with a health");
        }
        try {
            // JSON is YAML, and this reader is bounded in depth and size already.
            Object read = new Load(LoadSettings.builder().build()).loadFromString(page.body());
            return read instanceof Map<?, ?> fields && fields.get("stages") != null
                    ? new Answer.Given<>(new HealthAnswer(page.address(), isOfOneStage, fields))
                    : page.instead("with something that is not a health");
        } catch (YamlEngineException | StackOverflowError malformed) {
            return page.instead("with something that is not JSON");
        }
    }

    private static Answer<Scrape> metrics(PageCall.Page page) {
        if (page.status() != 200) {
            return page.instead(page.status() + " and not with metrics");
        }
        Optional<Scrape> scrape = Scrape.read(page.body());
        return scrape.isPresent()
                ? new Answer.Given<>(scrape.get())
                : page.instead("with something that is not metrics");
    }

    /** Waits. Somebody who interrupts gets no answer, and finds the interruption where it belongs. */
    static <T> Answer<T> await(CompletableFuture<Answer<T>> coming) {
        try {
            return coming.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer.None<>("no answer waited for: interrupted");
        } catch (ExecutionException | CancellationException impossible) {
            throw new IllegalStateException("a call that fails", impossible);
        }
    }
}
