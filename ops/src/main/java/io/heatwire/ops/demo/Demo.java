package io.heatwire.ops.demo;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.ops.ask.Answer;
import io.heatwire.ops.ask.EngineCall;
import io.heatwire.ops.ask.Scrape;
import io.heatwire.ops.demo.market.Market;
import io.heatwire.ops.demo.market.MarketFile;
import io.heatwire.ops.demo.market.SimulatedMarket;
import io.heatwire.ops.demo.report.ChainFigures;
import io.heatwire.ops.demo.report.DemoReport;
import io.heatwire.ops.demo.report.Reconciliation;
import io.heatwire.ops.service.Service;
import io.heatwire.wiring.WiringPlan;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of the demo, from an empty Redis to the table. */
public final class Demo {

    private static final long PLANNER_MS = 250;
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final Duration SETTLE_PATIENCE = Duration.ofSeconds(20);
    private static final Duration SETTLE_STEP = Duration.ofMillis(500);

    private final DemoOptions options;
    private final List<OperatorSpec> catalog;
    private final PrintWriter out;
    private final BooleanSupplier interrupted;
    private final DemoClock clock = DemoClock.SYSTEM;
    private final EngineCall engine = new EngineCall();
    private final ChainFigures figures = new ChainFigures();
    private @Nullable Scrape lastScrape;

    /**
     * A demo that has not begun.
     *
     * @param interrupted whether the user wants it to end now
     */
    public Demo(DemoOptions options, List<OperatorSpec> catalog, PrintWriter out, BooleanSupplier interrupted) {
        this.options = options;
        this.catalog = catalog;
        this.out = out;
        this.interrupted = interrupted;
    }

    /**
     * Runs it.
     *
     * @return whether Redis and /metrics agree in every figure; true as well when it was interrupted before they could be compared
     * @throws CannotDemoException when it cannot run here
     * @throws io.heatwire.ops.demo.market.MarketFileException when the market cannot be used
     * @throws IllegalArgumentException for a Redis URL that is none
     */
    public boolean run() {
        Market market =
                options.market() == null ? new SimulatedMarket(options.seed()) : MarketFile.check(options.market());
        try (DemoRedis server = DemoRedis.open(options.redis())) {
            WiringPlan plan = DemoWiring.load(catalog, server.plan(), market.symbols(), PLANNER_MS);
            RedisAccess access = connected(server);
            try {
                requireEmpty(access::command, server);
                return run(market, server, plan, access::command);
            } finally {
                access.close().onErrorComplete().block(RedisCommands.PATIENCE);
            }
        }
    }

    private boolean run(Market market, DemoRedis server, WiringPlan plan, RedisCommands redis) {
        Service service = Service.open(plan).blockOptional().orElseThrow();
        try {
            service.start().block(START_PATIENCE);
            InetSocketAddress http = service.addresses().get(service.addresses().size() - 1);
            introduce(market, server, http);
            boolean agrees = play(market, Chain.of(plan.engine()), redis, () -> scrape(http));
            complain(service.health());
            return agrees;
        } finally {
            stop(service, server);
        }
    }

    private boolean play(Market market, Chain chain, RedisCommands redis, Supplier<Scrape> scraper) {
        ChainReader reader = new ChainReader(redis, chain, figures);
        DemoWatch watch = new DemoWatch(redis, reader, figures, clock, out);
        Instant end = clock.now().plus(options.duration());
        try {
            new MarketFeed(market, options.speed(), redis, clock)
                    .play(() -> interrupted.getAsBoolean() || !clock.now().isBefore(end), watch::on);
            List<Reconciliation> compared = settled(reader, scraper);
            print(compared);
            return compared.stream().allMatch(Reconciliation::agrees);
        } catch (RuntimeException cutShort) {
            // An interrupt from the keyboard reaches the demo's redis-server too, so Redis may be gone before the demo
            // is.
            if (!interrupted.getAsBoolean()) {
                throw cutShort;
            }
            print(List.of());
            return true;
        }
    }

    /** Waits until the chain has finished what is on its way: then both sides must say the same. */
    private List<Reconciliation> settled(ChainReader reader, Supplier<Scrape> scraper) {
        Instant deadline = clock.now().plus(SETTLE_PATIENCE);
        List<Reconciliation> compared = List.of();
        while (!interrupted.getAsBoolean()) {
            reader.read();
            Scrape scrape = scraper.get();
            lastScrape = scrape;
            List<Reconciliation> now = Reconciliation.all(figures, reader.totals(), scrape);
            boolean same = now.equals(compared);
            compared = now;
            boolean agreed = now.stream().allMatch(Reconciliation::agrees);
            if ((same && agreed) || clock.now().isAfter(deadline)) {
                return compared;
            }
            clock.pause(SETTLE_STEP);
        }
        return List.of();
    }

    /** As Prometheus does. */
    private Scrape scrape(InetSocketAddress http) {
        URI page = URI.create("http://" + http.getHostString() + ":" + http.getPort() + "/metrics");
        Answer<Scrape> answer = engine.metrics(page, null);
        return answer.said()
                .orElseThrow(() -> new CannotDemoException("cannot scrape the demo's own engine: " + answer.whyNot()));
    }

    private void introduce(Market market, DemoRedis server, InetSocketAddress http) {
        out.println("Heatwire demo: the shipped wiring on a real Redis, in this process");
        out.println("  prices   " + market.label());
        out.println("  symbols  " + String.join(" ", market.symbols()));
        out.printf(
                "  pace     %.0f s of market each second, for %d s at most; the planner polls every %d ms%n",
                options.speed(), options.duration().toSeconds(), PLANNER_MS);
        out.printf(
                "  book     %.0f USD at leverage %.0f, long, equal notionals; positions and proposals are simulated%n",
                MarketFeed.CASH_USD, MarketFeed.LEVERAGE);
        out.println("  redis    " + server.label());
        out.println("  http     http://" + http.getHostString() + ":" + http.getPort()
                + "/ (open it in a browser) /metrics /health /ready");
        out.println();
    }

    private void print(List<Reconciliation> compared) {
        Scrape scrape = lastScrape;
        long dropped = scrape == null ? 0 : scrape.sum("p28_late_obs_dropped_total");
        DemoReport.lines(figures, compared, dropped).forEach(out::println);
        long apart = compared.stream().filter(each -> !each.agrees()).count();
        out.println();
        if (apart > 0) {
            out.println("MISMATCH: " + apart + " of " + compared.size() + " figures differ between Redis and /metrics");
        } else if (!compared.isEmpty()) {
            out.println("All " + compared.size() + " figures agree between Redis and /metrics.");
        }
    }

    private void complain(Health health) {
        if (!interrupted.getAsBoolean()) {
            health.stages().stream()
                    .filter(stage -> !stage.error().isEmpty())
                    .forEach(stage -> out.println("stage " + stage.stage() + ": " + stage.error()));
        }
    }

    private void stop(Service service, DemoRedis server) {
        try {
            DrainReport report = service.stop().block(START_PATIENCE);
            if (report != null) {
                out.println("drained: committed " + report.committed() + ", handed back " + report.handedBack());
            }
        } catch (RuntimeException cutShort) {
            if (!interrupted.getAsBoolean()) {
                throw cutShort;
            }
        }
        if (server.isGiven()) {
            out.println("The keys of this run stay in " + server.plan() + "; FLUSHDB there removes them.");
        }
    }

    private static RedisAccess connected(DemoRedis server) {
        try {
            return RedisAccess.connect(server.plan())
                    .blockOptional(START_PATIENCE)
                    .orElseThrow();
        } catch (RuntimeException unreachable) {
            throw new CannotDemoException(
                    "cannot connect to " + server.plan() + ": " + unreachable.getMessage(), unreachable);
        }
    }

    // The demo writes the very keys that the production services use.
    private static void requireEmpty(RedisCommands redis, DemoRedis server) {
        long keys = redis.number("DBSIZE");
        if (keys > 0) {
            throw new CannotDemoException(server.plan() + " holds " + keys
                    + " keys; the demo writes the keys of the real services and runs in an empty database only."
                    + " Choose another one, for example --redis redis://host:port/9");
        }
    }
}
