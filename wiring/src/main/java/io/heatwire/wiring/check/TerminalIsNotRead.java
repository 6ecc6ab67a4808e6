package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.List;

/** What the file says nobody here reads, nobody here reads: else one of the two is a mistake. */
final class TerminalIsNotRead implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (WireEnd end : wires.ends()) {
            Resource resource = end.resource();
            if (end.reads() && resource.ends().terminal().isOn()) {
                findings.add(
                        ProblemCode.TERMINAL_IS_READ,
                        end.place(),
                        end.says() + ", and the file says that no stage does",
                        "take terminal: true out of line "
                                + resource.ends().terminal().place().line() + ", or read something else",
                        List.of(new Related(
                                resource.ends().terminal().place(),
                                resource.title() + " is said to be terminal here")));
            }
        }
    }
}
