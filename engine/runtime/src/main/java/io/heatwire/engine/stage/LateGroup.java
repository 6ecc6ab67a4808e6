package io.heatwire.engine.stage;

import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.PollingOperator.End;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Answer.Failure;
import io.heatwire.contract.lookup.Found;
import io.heatwire.engine.commit.Decided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Events that wait for their keys together. Looks at once and then every poll interval; the look at or after an event's
 * deadline, counted from its own entry id, is its last.
 */
final class LateGroup {

    private static final int FAILURES = 2;

    private final Stage stage;
    private final PollingOperator operator;
    private final PollingOperator.Schedule schedule;
    private final SharedLookUps lookUps;
    private final Intake intake;
    private final List<Waiting> group;

    LateGroup(Stage stage, PollingOperator operator, Intake intake, SharedLookUps lookUps, List<Waiting> group) {
        this.stage = stage;
        this.operator = operator;
        this.schedule = operator.schedule();
        this.lookUps = lookUps;
        this.intake = intake;
        this.group = new ArrayList<>(group);
    }

    /** Decisions as they fall; complete when every event of the group is decided. */
    Flux<List<Decided>> watch() {
        return Mono.defer(this::look)
                .repeatWhen(looks -> looks.takeWhile(look -> !group.isEmpty())
                        .concatMap(look -> Mono.delay(Duration.ofMillis(schedule.pollMs()), stage.worker()), 0));
    }

    private Mono<List<Decided>> look() {
        long at = stage.steadyMs();
        return lookUps.ask(group.stream().map(Waiting::key).toList())
                .map(found -> decide(found, at))
                .filter(decided -> !decided.isEmpty());
    }

    private List<Decided> decide(Found found, long at) {
        // Waiting for a key may take long, and it is no standing still as long as somebody looks.
        stage.status().stepped();
        List<Decided> decided = new ArrayList<>();
        group.removeIf(place -> {
            Decided now = decide(place, found.get(place.key()), at);
            return now != null && decided.add(now);
        });
        return decided;
    }

    private @Nullable Decided decide(Waiting place, Answer answer, long at) {
        if (isThere(answer)) {
            return decided(place, End.FOUND, answer);
        }
        boolean failed = answer instanceof Answer.Failed failure && failure.failure() == Failure.REDIS_ERROR;
        if (!failed) {
            stage.progressed();
        }
        if (failed && place.failedAgain() >= FAILURES) {
            return decided(place, End.REDIS_ERROR, answer);
        }
        if (place.ageMs(at) < schedule.maxWaitMs()) {
            return null;
        }
        // Nobody could look while the connection was gone: that was Redis, not a slow writer.
        return decided(place, failed || place.wasInterrupted() ? End.REDIS_ERROR : End.TIMEOUT, answer);
    }

    private @Nullable Decided decided(Waiting place, End end, Answer answer) {
        Event event = place.event();
        if (event == null) {
            return null;
        }
        try {
            Outcome outcome = operator.decide(event, end, answer, stage.now());
            return intake.decided(place.entry(), outcome);
        } catch (RuntimeException | Error thrown) {
            return intake.failed(place.entry(), thrown);
        }
    }

    /** What is there but cannot be used counts as there, too: looking again would not mend it. */
    private static boolean isThere(Answer answer) {
        return answer instanceof Answer.Fields
                || (answer instanceof Answer.Failed failed && failed.failure() != Failure.REDIS_ERROR);
    }
}
