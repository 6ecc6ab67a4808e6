package io.heatwire.ops.mode;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.LedgerText;
import java.io.PrintWriter;
import java.util.List;

/** Everything that has to be so before a change, looked at. */
record Gates(List<Gate> all) {

    List<Check> checks() {
        return all.stream().map(Gate::check).toList();
    }

    boolean block(boolean isForced) {
        return all.stream().anyMatch(gate -> gate.blocks(isForced));
    }

    /** A line for each. */
    void print(PrintWriter out) {
        all.forEach(gate -> out.println(Escaped.plain(line(gate))));
    }

    private static String line(Gate gate) {
        String firm = gate.isFirm() && !gate.check().isGood() ? " (cannot be overruled)" : "";
        return LedgerText.line(gate.check()) + firm;
    }

    /** What is said when they stand in the way. */
    String refusal() {
        String advice = block(true) ? "" : ". --force overrules this, and --why goes into the ledger";
        return "blocked; nothing was changed" + advice;
    }
}
