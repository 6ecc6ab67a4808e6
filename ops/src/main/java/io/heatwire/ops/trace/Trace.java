package io.heatwire.ops.trace;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.wiring.graph.Graph;
import java.io.PrintWriter;
import java.util.List;

/** What became of one id. */
public final class Trace {

    private final Evidence evidence;
    private final List<Step> steps;
    private final Verdict verdict;

    private Trace(Evidence evidence) {
        this.evidence = evidence;
        this.steps = Timeline.of(evidence);
        this.verdict = Judge.verdict(evidence);
    }

    /** Reads everything there is about the id. */
    public static Trace read(BrokerView view, Graph graph, EnginePlan plan, TraceRequest request) {
        return new Trace(new TraceReader(view, graph, plan.stages(), request).read());
    }

    /** How it ended. */
    public Verdict verdict() {
        return verdict;
    }

    /** Prints it for people. */
    public void print(PrintWriter out) {
        TraceText.print(out, evidence, steps, verdict);
    }

    /** The same for programs, in one line. */
    public String json() {
        return TraceJson.of(evidence, steps, verdict);
    }
}
