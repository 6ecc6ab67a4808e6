package io.heatwire.ops.cli;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.ops.service.Service;
import io.heatwire.ops.systemd.Announcements;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Runs a wiring until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Runs the stages of a wiring file until it is told to stop.",
            "At SIGHUP it reads the file again: see heatwire help reload.",
            "At SIGTERM or SIGINT (Ctrl-C) it stops reading, commits what is under way and hands back the rest: other consumers of the group take it at once."
        },
        footer = {
            "%nExit code 0 after a stop, 78 when the wiring is refused, 69 when the server is too old or a port is taken.",
            "A server that cannot be reached is tried again without end; /health tells.",
            "Before any stage starts the running Redis is held against the wiring, as check --live does; what must not be refuses the start with exit code 78."
        })
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.run");
    private static final Duration BEYOND_DRAIN = Duration.ofSeconds(10);

    private final Console console;

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Option(
            names = {"--only", "--stage"},
            split = ",",
            paramLabel = "STAGE",
            description = "run only these stages, separated by commas, and only the listeners that serve them")
    private Set<String> only = new LinkedHashSet<>();

    @Option(
            names = "--force",
            description =
                    "start, and reload, in spite of what the look at the running Redis finds; /health then tells it")
    private boolean force;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "where to leave word for heatwire reload; else HEATWIRE_STATE_DIR, RUNTIME_DIRECTORY,"
                    + " XDG_RUNTIME_DIR/heatwire")
    private @Nullable Path stateDirectory;

    /** What the commands that change this engine write, the page shows. */
    @Mixin
    private LedgerFile ledger = new LedgerFile();

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.reload().listen();
        warnIfDeaf();
        Supplier<WiringResult> reader = wiring.reader(console, only);
        WiringResult result = reader.get();
        console.err().print(result.render());
        console.err().flush();
        return result instanceof WiringResult.Ready ready ? run(ready, reader) : Exit.CONFIGURATION;
    }

    private void warnIfDeaf() {
        switch (console.reload().hearing()) {
            case IGNORED ->
                LOG.warn(
                        "SIGHUP was ignored when this process was started (nohup does so, and trap '' HUP), and stays so:"
                                + " heatwire reload cannot reach it; start it with setsid instead");
            case IMPOSSIBLE ->
                LOG.warn("SIGHUP cannot be taken on this machine; the wiring is not read again while the engine runs");
            case NONE, SIGNALS -> {}
        }
    }

    private int run(WiringResult.Ready ready, Supplier<WiringResult> reader) {
        WiringPlan plan = ready.plan();
        Duration longestDrain = Duration.ofMillis(plan.engine().drainMs()).plus(BEYOND_DRAIN);
        console.stop().mayTake(longestDrain.plus(BEYOND_DRAIN));
        Service service = Service.open(ready, force, ledger.find(console, stateDirectory))
                .blockOptional()
                .orElseThrow();
        int stages = plan.engine().stages().size();
        LOG.info("{} {}; http at {}", stages, stages == 1 ? "stage" : "stages", places(service));
        RunNotice notice = new RunNotice(
                StateDirectory.of(stateDirectory, console.environment()),
                wiring.file(),
                only,
                plan,
                console.reload().hearing() != ReloadRequest.Hearing.IGNORED);
        notice.opened();
        Announcements systemd = Announcements.of(console.environment(), service.announced());
        Disposable announcing = systemd.whileItRuns()
                .subscribe(
                        nothing -> {},
                        fault -> LOG.error("systemd is told nothing more, for a fault of the program itself", fault));
        Disposable reloads =
                new Reloads(console, reader, service, notice, systemd).run().subscribe();
        try {
            untilStopped(service);
        } finally {
            announcing.dispose();
            drain(service, systemd);
            reloads.dispose();
            notice.closed();
        }
        return Exit.OK;
    }

    private void untilStopped(Service service) {
        Mono<Void> failedStart = service.start().then(Mono.never());
        Mono<Void> stopped = Mono.fromFuture(console.stop().requested(), true);
        Mono.firstWithSignal(failedStart, stopped).block();
    }

    /** A reload may have given it another time to drain. */
    private void drain(Service service, Announcements systemd) {
        Duration patience = service.longestDrain().plus(BEYOND_DRAIN);
        console.stop().mayTake(patience.plus(BEYOND_DRAIN));
        Mono<DrainReport> drained =
                Mono.zip(service.stop(), systemd.stopping().thenReturn(true), (report, told) -> report);
        String outcome = DrainLine.of(drained.blockOptional(patience).orElseThrow());
        console.out().println(outcome);
        systemd.stopped(outcome).block();
    }

    private static String places(Service service) {
        return service.addresses().stream().map(RunCommand::place).collect(Collectors.joining(" "));
    }

    private static String place(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}
