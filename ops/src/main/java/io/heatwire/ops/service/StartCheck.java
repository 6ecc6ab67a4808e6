package io.heatwire.ops.service;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.live.LiveReport;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemReport;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Holds a wiring against the running Redis before any of its stages starts, at a start and at a reload. Passed at most once. */
final class StartCheck {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.check");
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final WiringResult.Ready wiring;
    private final boolean isForced;
    private volatile List<String> forced = List.of();

    /**
     * The check of a wiring.
     *
     * @param isForced whether to start in spite of what it finds
     */
    StartCheck(WiringResult.Ready wiring, boolean isForced) {
        this.wiring = wiring;
        this.isForced = isForced;
    }

    /** The check of the wiring that is to follow, forced if this one is. */
    StartCheck next(WiringResult.Ready next) {
        return new StartCheck(next, isForced);
    }

    /** The codes of the findings in spite of which it was passed. */
    List<String> forced() {
        return forced;
    }

    /** Looks; fails with {@link StartRefusedException} when the start is refused. */
    Mono<Void> pass(ControlLink link) {
        return wiring.plan().live().run(link, AT_MOST).flatMap(this::judge);
    }

    private Mono<Void> judge(LiveReport report) {
        if (!report.refusing().isEmpty() && !isForced) {
            return Mono.error(new StartRefusedException(
                    FirstFinding.of(report.refusing(), wiring.source()),
                    ProblemReport.render(wiring.source(), report.findings())));
        }
        report.findings().forEach(found -> LOG.warn("{}", line(found)));
        forced = report.refusing().stream()
                .map(found -> found.code().id())
                .distinct()
                .sorted()
                .toList();
        if (!forced.isEmpty()) {
            LOG.warn("started by --force in spite of {}", String.join(", ", forced));
        }
        return Mono.empty();
    }

    private String line(Problem found) {
        String at = found.line() > 0 ? wiring.source().name() + ":" + found.line() + ": " : "";
        return at + found.code().id() + " " + found.what() + (found.instead().isEmpty() ? "" : "; " + found.instead());
    }
}
