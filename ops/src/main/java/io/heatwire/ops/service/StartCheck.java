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

/** Holds a wiring against the running Redis before any of its stages starts. */
public final class StartCheck {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.check");
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    private final WiringResult.Ready wiring;
    private final boolean isForced;

    /**
     * The check of a wiring.
     *
     * @param isForced whether to start in spite of what it finds
     */
    public StartCheck(WiringResult.Ready wiring, boolean isForced) {
        this.wiring = wiring;
        this.isForced = isForced;
    }

    /** The codes of the findings that would have refused the start; fails with {@link StartRefusedException} if they do. */
    Mono<List<String>> pass(ControlLink link) {
        return wiring.plan().live().run(link, AT_MOST).flatMap(this::judge);
    }

    private Mono<List<String>> judge(LiveReport report) {
        if (!report.refusing().isEmpty() && !isForced) {
            return Mono.error(new StartRefusedException(ProblemReport.render(wiring.source(), report.findings())));
        }
        report.findings().forEach(found -> LOG.warn("{}", line(found)));
        List<String> codes = report.refusing().stream()
                .map(found -> found.code().id())
                .distinct()
                .sorted()
                .toList();
        if (!codes.isEmpty()) {
            LOG.warn("started by --force in spite of {}", String.join(", ", codes));
        }
        return Mono.just(codes);
    }

    private String line(Problem found) {
        String at = found.line() > 0 ? wiring.source().name() + ":" + found.line() + ": " : "";
        return at + found.code().id() + " " + found.what() + (found.instead().isEmpty() ? "" : "; " + found.instead());
    }
}
