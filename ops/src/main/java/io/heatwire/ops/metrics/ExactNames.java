package io.heatwire.ops.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a gauge that is already named as Prometheus names it alone.
 *
 * <p>The library's own convention takes suffixes such as {@code _bucket} and {@code _info} off a gauge, so that the contract's
 * {@code p26_bucket} would be scraped as {@code p26}. Names with dots still become names with underscores.
 */
final class ExactNames implements NamingConvention {

    private static final Pattern EXACT = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)+");

    private final PrometheusNamingConvention otherwise = new PrometheusNamingConvention();

    @Override
    public String name(String name, Meter.Type type, @Nullable String baseUnit) {
        return type == Meter.Type.GAUGE
                        && baseUnit == null
                        && EXACT.matcher(name).matches()
                ? name
                : otherwise.name(name, type, baseUnit);
    }

    @Override
    public String tagKey(String key) {
        return otherwise.tagKey(key);
    }

    @Override
    public String tagValue(String value) {
        return otherwise.tagValue(value);
    }
}
