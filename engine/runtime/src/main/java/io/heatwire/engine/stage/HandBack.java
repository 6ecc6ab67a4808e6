package io.heatwire.engine.stage;

import io.heatwire.engine.link.HandedBack;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.link.StageLink;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** The end of a stage's work: what is still pending for its consumer goes back to the group, and then its name is given up. */
final class HandBack {

    /** A Redis that does not answer must not hold up a stop; what is pending stays so, and is found later. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Stage stage;
    private volatile HandedBack confirmedSoFar = new HandedBack(0, 0);
    private volatile boolean confirmed;

    HandBack(Stage stage) {
        this.stage = stage;
    }

    /** Hands back over this link; never fails. */
    Mono<Void> over(StageLink link, ConsumerName name) {
        return link.handBack(name.owner())
                .scan(HandedBack::plus)
                .doOnNext(this::heard)
                .onErrorResume(HandBack::isGroupGone, none -> Mono.empty())
                .then(Mono.fromRunnable(() -> confirmed = true))
                .then(name.release(link))
                .timeout(PATIENCE, Mono.error(HandBack::tooLate))
                .onErrorResume(this::refused);
    }

    private static TimeoutException tooLate() {
        return new TimeoutException("no answer from Redis within " + PATIENCE.toMillis() + " ms");
    }

    /** A second attempt hands the same entries back once more. */
    private void heard(HandedBack total) {
        if (total.entries() >= confirmedSoFar.entries()) {
            confirmedSoFar = total;
        }
    }

    /** Then nothing is pending either. */
    private static boolean isGroupGone(Throwable failure) {
        return failure instanceof LinkException link && link.kind() == Kind.GROUP_LOST;
    }

    private Mono<Void> refused(Throwable failure) {
        if (!confirmed) {
            stage.log().warn("could not hand back: {}", Printable.of(String.valueOf(failure.getMessage())));
        }
        return Mono.empty();
    }

    /** Whether Redis has confirmed that nothing more is pending that others could take. */
    boolean isConfirmed() {
        return confirmed;
    }

    /** How many entries others may take now, as Redis confirmed. */
    long entries() {
        return confirmedSoFar.entries();
    }

    /** How many entries the stream no longer had. */
    long gone() {
        return confirmedSoFar.gone();
    }
}
