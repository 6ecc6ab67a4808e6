package io.heatwire.ops.cli;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.demo.Demo;
import io.heatwire.ops.demo.DemoOptions;
import io.heatwire.ops.demo.RedisUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the whole chain at work. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Shows the whole chain at work on a real Redis and checks its figures.",
            "The shipped wiring runs in this process, fed by a portfolio that is simulated on market bars.",
            "At the end, what Redis counted is held against what /metrics says."
        },
        footer = {
            "%nWithout --redis it starts a server of its own: redis-server or valkey-server 7.0 or newer from the",
            "PATH, else the bundled one. A server that is given must have an empty database: the demo writes the",
            "keys of the real services.",
            "%nExit code 0 when all figures agree, 1 when any differs, 64 for bad bars or options, 69 without a",
            "server. Ctrl-C prints the table so far."
        })
final class DemoCommand implements Callable<Integer> {

    private static final double FASTEST = 1_000_000;

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Option(
            names = "--market",
            paramLabel = "FILE.csv.gz",
            description = {
                "bars as gzipped CSV: ts_ms,symbol,open,high,low,close,volume",
                "(default: simulated prices, labelled as such)"
            })
    private @Nullable Path market;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1800",
            description = "seconds of market for each second (default: ${DEFAULT-VALUE}, ten 3-minute bars)")
    private double speed;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = Span.class,
            description = "how long at most: 90s, 5m, 1h (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Duration duration;

    @Option(names = "--redis", paramLabel = "URL", description = "redis://[user:password@]host[:port][/database]")
    private @Nullable String redis;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "the seed of simulated prices (default: ${DEFAULT-VALUE})")
    private long seed;

    DemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        refuseBadOptions();
        DemoOptions options = new DemoOptions(market, speed, duration, redis, seed);
        Demo demo = new Demo(options, OperatorCatalog.all(), console.out(), console.stop()::isRequested);
        return demo.run() ? Exit.OK : Exit.MISMATCH;
    }

    private void refuseBadOptions() {
        if (!(speed >= 1 && speed <= FASTEST)) {
            throw arguments.refusal("--speed must be from 1 to " + (long) FASTEST);
        }
        if (redis != null) {
            try {
                RedisUrl.parse(redis);
            } catch (IllegalArgumentException malformed) {
                throw arguments.refusal("--redis: " + malformed.getMessage());
            }
        }
    }

    /** A time such as 90s, 5m or 1h. */
    static final class Span implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("([0-9]{1,6})(s|m|h)?");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || form.group(1).matches("0+")) {
                throw new CommandLine.TypeConversionException("'" + text + "' is not a time such as 90s, 5m or 1h");
            }
            long number = Long.parseLong(form.group(1));
            String unit = form.group(2);
            return unit == null || unit.equals("s")
                    ? Duration.ofSeconds(number)
                    : unit.equals("m") ? Duration.ofMinutes(number) : Duration.ofHours(number);
        }
    }
}
