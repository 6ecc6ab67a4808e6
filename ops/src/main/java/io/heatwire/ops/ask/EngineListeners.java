package io.heatwire.ops.ask;

import io.heatwire.ops.demo.report.Scrape;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The listeners of a wiring, asked from the same machine, each with its token. Follows no redirect. */
public final class EngineListeners {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 16_000_000;

    private final List<HttpListener> listeners;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** These listeners. */
    public EngineListeners(List<HttpListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /**
     * A health, good or not.
     *
     * @param address who gave it
     * @param isOfOneStage whether it speaks of no other stage, and so begins with the fields of the contract
     */
    public record HealthAnswer(URI address, boolean isOfOneStage, Map<?, ?> fields) {

        /** One of its fields as text; empty when it has none of that name. */
        public String text(String name) {
            Object value = fields.get(name);
            return value == null ? "" : value.toString();
        }

        /** What it says of a stage; empty when it does not speak of it. */
        public Optional<Map<?, ?>> stage(String name) {
            return fields.get("stages") instanceof List<?> stages
                    ? stages.stream()
                            .filter(Map.class::isInstance)
                            .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                            .filter(each -> name.equals(each.get("stage")))
                            .findFirst()
                    : Optional.empty();
        }
    }

    /** Whether any of them answers at all. */
    public boolean anyAnswers() {
        return listeners.stream()
                .anyMatch(listener -> listener.serves().stream()
                        .anyMatch(page -> body(listener, page).isPresent()));
    }

    /** Where they are, for people. */
    public String addresses() {
        return listeners.isEmpty()
                ? "no listener"
                : listeners.stream()
                        .map(listener -> listener.host() + ":" + listener.port())
                        .collect(Collectors.joining(", "));
    }

    /** Whether the wiring has a listener that serves this of the stage. */
    public boolean serves(String stage, Serves page) {
        return !of(stage, page).isEmpty();
    }

    /** Where this of the stage is served, for people. */
    public String addresses(String stage, Serves page) {
        return of(stage, page).stream()
                .map(listener -> address(listener, page).toString())
                .collect(Collectors.joining(", "));
    }

    /** The metrics of a stage, from the first listener of it that gives them. */
    public Optional<Scrape> metrics(String stage) {
        return of(stage, Serves.METRICS).stream()
                .flatMap(listener -> body(listener, Serves.METRICS).stream())
                .flatMap(text -> scrape(text).stream())
                .findFirst();
    }

    /** The metrics of the whole process, from a listener that speaks of all stages. */
    public Optional<Scrape> metricsOfAll() {
        return listeners.stream()
                .filter(listener -> listener.serves().contains(Serves.METRICS)
                        && listener.stages().isEmpty())
                .flatMap(listener -> body(listener, Serves.METRICS).stream())
                .flatMap(text -> scrape(text).stream())
                .findFirst();
    }

    /** The health of a stage, from the first listener of it that gives one. */
    public Optional<HealthAnswer> health(String stage) {
        return of(stage, Serves.HEALTH).stream()
                .flatMap(listener -> health(listener).stream())
                .findFirst();
    }

    /** Those that speak of the stage, the ones with the fewest others first: the contract's own ports. */
    private List<HttpListener> of(String stage, Serves page) {
        return listeners.stream()
                .filter(listener -> listener.serves().contains(page))
                .filter(listener ->
                        listener.stages().isEmpty() || listener.stages().contains(stage))
                .sorted(Comparator.comparingInt(listener -> listener.stages().isEmpty()
                        ? Integer.MAX_VALUE
                        : listener.stages().size()))
                .toList();
    }

    private Optional<HealthAnswer> health(HttpListener listener) {
        return body(listener, Serves.HEALTH)
                .flatMap(text -> json(text)
                        .map(fields -> new HealthAnswer(
                                address(listener, Serves.HEALTH),
                                listener.stages().size() == 1,
                                fields)));
    }

    private static Optional<Scrape> scrape(String text) {
        try {
            return Optional.of(Scrape.parse(text));
        } catch (IllegalArgumentException notMetrics) {
            return Optional.empty();
        }
    }

    private static Optional<Map<?, ?>> json(String text) {
        try {
            // JSON is YAML, and this reader is bounded in depth and size already.
            Object read = new Load(LoadSettings.builder().build()).loadFromString(text);
            return read instanceof Map<?, ?> fields ? Optional.of(fields) : Optional.empty();
        } catch (YamlEngineException | StackOverflowError malformed) {
            return Optional.empty();
        }
    }

    /** What it says; a health that is bad comes with 503 and counts, whatever else is not 200 does not. */
    private Optional<String> body(HttpListener listener, Serves page) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(listener, page)).timeout(PATIENCE);
        if (listener.token() != null) {
            request.header("Authorization", "Bearer " + listener.token());
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                boolean counts =
                        response.statusCode() == 200 || (response.statusCode() == 503 && page != Serves.METRICS);
                return counts ? Optional.of(text) : Optional.empty();
            }
        } catch (IOException silent) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static URI address(HttpListener listener, Serves page) {
        String host = listener.host();
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String written = reachable.contains(":") ? "[" + reachable + "]" : reachable;
        return URI.create(
                "http://" + written + ":" + listener.port() + "/" + page.name().toLowerCase(Locale.ROOT));
    }
}
