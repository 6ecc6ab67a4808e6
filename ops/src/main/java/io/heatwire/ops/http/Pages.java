package io.heatwire.ops.http;

import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.ops.metrics.MetricFormat;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one listener answers. */
final class Pages {

    /** The engine's own, by which one sees who runs a stage, and how it fares, at the stage's own listener. */
    private static final Set<String> OF_EACH_STAGE =
            EngineMeters.all().stream().map(MeterSpec::name).collect(Collectors.toUnmodifiableSet());

    private final HttpListener listener;
    private final Metrics metrics;
    private final Set<String> meters;
    private final Supplier<Health> health;
    private final Supplier<WiringState> wiring;

    /**
     * The pages of a listener.
     *
     * @param meters the meters of the listener's stages; of no meaning when it is not restricted to stages
     */
    Pages(
            HttpListener listener,
            Metrics metrics,
            Set<String> meters,
            Supplier<Health> health,
            Supplier<WiringState> wiring) {
        this.listener = listener;
        this.metrics = metrics;
        this.meters = meters;
        this.health = health;
        this.wiring = wiring;
    }

    /** The answer to this path; empty when it is none of these pages. */
    Optional<Answer> answer(String path, @Nullable String accept) {
        return listener.serves().stream()
                .filter(page -> page != Serves.PAGE && path.equals(path(page)))
                .findFirst()
                .map(page -> page(page, accept));
    }

    private Answer page(Serves page, @Nullable String accept) {
        return switch (page) {
            case METRICS -> metrics(MetricFormat.accepted(accept));
            case HEALTH -> HealthPage.answer(health.get(), wiring.get(), listener.stages());
            case READY -> HealthPage.ready(health.get(), listener.stages());
            case PAGE -> notFound();
        };
    }

    private Answer metrics(MetricFormat format) {
        String text = listener.stages().isEmpty()
                ? metrics.scrape(format)
                : metrics.scrape(format, meters, OF_EACH_STAGE, listener.stages());
        return new Answer(200, format.contentType(), text);
    }

    /** What to say of any other path. */
    Answer notFound() {
        String paths = listener.serves().stream().map(Pages::path).sorted().collect(Collectors.joining(" "));
        return Answer.text(404, "not found; here are: " + paths);
    }

    private static String path(Serves page) {
        return page == Serves.PAGE ? "/" : "/" + page.name().toLowerCase(Locale.ROOT);
    }
}
