package io.heatwire.ops.cli;

import io.heatwire.ops.service.ReloadOutcome;
import io.heatwire.ops.service.Service;
import io.heatwire.ops.systemd.Announcements;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Reads the wiring again at each request, and says how it ended. */
final class Reloads {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.reload");

    private final Console console;
    private final Supplier<WiringResult> load;
    private final Service service;
    private final RunNotice notice;
    private final Announcements systemd;

    /**
     * The reloads of a service.
     *
     * @param load reads the file; may wait for it
     */
    Reloads(Console console, Supplier<WiringResult> load, Service service, RunNotice notice, Announcements systemd) {
        this.console = console;
        this.load = load;
        this.service = service;
        this.notice = notice;
        this.systemd = systemd;
    }

    /** Works on requests, one at a time, until it is cancelled. */
    Mono<Void> run() {
        return console.reload()
                .requests()
                .concatMap(request -> systemd.around(once()), 0)
                .then();
    }

    private Mono<Void> once() {
        return Mono.defer(() -> {
                    long atMs = System.currentTimeMillis();
                    return Mono.fromSupplier(load)
                            .flatMap(loaded -> service.reload(loaded)
                                    .publishOn(Schedulers.boundedElastic())
                                    .doOnNext(outcome -> ended(atMs, loaded, outcome)));
                })
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(fault -> {
                    LOG.error("a reload failed for a fault of the program itself; the old wiring runs on", fault);
                    return Mono.empty();
                })
                .then();
    }

    private void ended(long atMs, WiringResult loaded, ReloadOutcome outcome) {
        console.err().print(outcome.findings());
        console.err().flush();
        Optional<WiringPlan> plan = outcome.isGood() && loaded instanceof WiringResult.Ready ready
                ? Optional.of(ready.plan())
                : Optional.empty();
        notice.ended(atMs, plan, outcome);
    }
}
