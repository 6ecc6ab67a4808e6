package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Timing;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.List;
import java.util.Optional;

/**
 * Who waits for a key looks often enough to see it. A key that comes and goes between two looks cannot be seen: an error. One look
 * within the wait, or a wait longer than the key's life, works for some events and not for others: a warning.
 */
final class WaitsLookInTime implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (WireEnd end : wires.ends()) {
            if (end.use() == WireEnd.Use.LOOK_UP) {
                Optional<Times> wait =
                        Times.of(end.stage(), Timing.Span.WAIT, end.port()).findFirst();
                Optional<Times> poll =
                        Times.of(end.stage(), Timing.Span.POLL, end.port()).findFirst();
                List<Times> lives = wires.writers(end.resource()).stream()
                        .flatMap(writer -> Times.life(writer).stream())
                        .toList();
                wait.ifPresent(longest -> poll.ifPresent(between -> withinWait(longest, between, findings)));
                poll.ifPresent(between -> lives.forEach(life -> withinLife(between, life, findings)));
                wait.ifPresent(longest -> lives.forEach(life -> waitWithinLife(longest, life, findings)));
            }
        }
    }

    /** The first look is at once, the second after the time between two. */
    private static void withinWait(Times wait, Times poll, Findings findings) {
        if (poll.ms() > wait.ms()) {
            findings.add(
                    ProblemCode.ONE_LOOK,
                    poll.place(),
                    poll.says() + " is longer than " + wait.says()
                            + ": within the wait it looks only once, at the start",
                    "look several times within the wait",
                    List.of(wait.related()));
        }
    }

    private static void withinLife(Times poll, Times life, Findings findings) {
        if (poll.ms() >= life.ms()) {
            findings.add(
                    ProblemCode.POLLS_TOO_SELDOM,
                    poll.place(),
                    poll.says() + " is not shorter than " + life.says() + ": the key comes and goes between two looks",
                    "look more often, or let the key live longer",
                    List.of(life.related()));
        }
    }

    private static void waitWithinLife(Times wait, Times life, Findings findings) {
        if (wait.ms() > life.ms()) {
            findings.add(
                    ProblemCode.WAIT_OUTLIVES_KEY,
                    wait.place(),
                    wait.says() + " is longer than " + life.says()
                            + ": an event that is read late finds its key gone while it may still wait",
                    "let the key live longer than anybody waits for it",
                    List.of(life.related()));
        }
    }
}
