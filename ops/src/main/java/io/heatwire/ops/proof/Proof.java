package io.heatwire.ops.proof;

import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.tap.Ending;
import io.heatwire.wiring.WiringResult;
import java.io.PrintWriter;

/** One run of proofs: stage by stage, and then everything is taken away again, also when somebody stops it. */
public final class Proof {

    private final Ground ground;
    private final Sheet sheet;
    private final PrintWriter out;

    private Proof(Ground ground, PrintWriter out) {
        this.ground = ground;
        this.sheet = new Sheet(out);
        this.out = out;
    }

    /**
     * Proves the stages of a wiring that runs.
     *
     * @param out where the lines go, as they come
     * @throws io.heatwire.ops.dead.RedisRefusedException when Redis is lost or refuses
     */
    public static Tally run(
            WiringResult.Ready ready,
            DeadDesk desk,
            EngineListeners listeners,
            ProofRequest request,
            Ending ending,
            PrintWriter out) {
        return new Proof(new Ground(ready, desk, listeners, request, ending), out).run();
    }

    private Tally run() {
        boolean isComplete = false;
        try {
            ground.plan().stages().stream()
                    .filter(stage -> ground.request().stages().isEmpty()
                            || ground.request().stages().contains(stage.name()))
                    .forEach(this::prove);
            isComplete = true;
        } catch (EndedException asked) {
            out.println(asked.getMessage());
        } finally {
            new CleanUp(ground, out).run(!isComplete);
        }
        return sheet.tally(isComplete);
    }

    private void prove(StagePlan stage) {
        sheet.stage(stage.name());
        Standing standing = new Standing(ground, stage, sheet);
        StageProof proof = Proofs.of(stage.spec().name());
        boolean isRunning = standing.isRunning();
        if (isRunning && stage.source() instanceof SourcePlan.OnInterval interval) {
            standing.turns(interval.everyMs());
        } else if (isRunning && standing.isAmongOurselves()) {
            inject(stage, proof);
        }
        standing.metrics(proof.metricsTest());
        standing.health(proof.healthTest());
    }

    private void inject(StagePlan stage, StageProof proof) {
        try {
            proof.run(ground, stage, sheet);
        } catch (CannotProveException cannot) {
            sheet.check(
                    "the stage can be given entries", false, cannot.expected(), String.valueOf(cannot.getMessage()));
        }
    }
}
