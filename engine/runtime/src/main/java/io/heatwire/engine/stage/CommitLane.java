package io.heatwire.engine.stage;

import io.heatwire.engine.commit.CommitEncoder;
import io.heatwire.engine.commit.CommitReply;
import io.heatwire.engine.commit.CommitScript;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Commits in order, one call under way at a time. What Redis refuses for now is tried again in place: nothing overtakes it, and
 * since nothing asks for more meanwhile, the reads stop by themselves.
 */
final class CommitLane {

    private final Stage stage;
    private final CommitScript script;
    private final CommitEncoder encoder;
    private final Patience patience;
    private final Intake intake;
    private final Settlement settlement;

    CommitLane(Stage stage, CommitScript script) {
        this.stage = stage;
        this.script = script;
        this.encoder = new CommitEncoder(script);
        this.patience = new Patience(stage, "commit");
        this.intake = new Intake(stage);
        this.settlement = new Settlement(stage, intake);
    }

    /** Completes when all entries are settled. */
    Mono<Void> commit(StageLink link, List<Decided> entries) {
        List<List<Decided>> chunks =
                CommitEncoder.split(entries.stream().map(this::possible).toList());
        return chunks.size() == 1
                ? commitChunk(link, chunks.get(0))
                : Flux.fromIterable(chunks)
                        .concatMap(chunk -> commitChunk(link, chunk), 0)
                        .then();
    }

    private Decided possible(Decided entry) {
        String problem = encoder.problem(entry.outcome());
        return problem == null ? entry : intake.impossible(entry, problem);
    }

    private Mono<Void> commitChunk(StageLink link, List<Decided> chunk) {
        return Mono.defer(() -> {
            ScriptCall call = encoder.encode(chunk);
            long from = System.nanoTime();
            return patience.with(link.commit(call).map(this::done))
                    .doOnError(failure -> settlement.countError("write"))
                    .doOnNext(reply -> settled(chunk, reply, from))
                    .flatMap(reply -> untroubled(chunk, reply));
        });
    }

    private void settled(List<Decided> chunk, CommitReply.Done reply, long from) {
        stage.status().took(-chunk.size());
        stage.book().record(EngineMeters.COMMIT_SECONDS, (System.nanoTime() - from) / 1e9, stage.name());
        settlement.settle(chunk, reply);
    }

    /** What was put back is pending: it comes again in the next epoch, after a pause, and keeps its place before all others. */
    private static Mono<Void> untroubled(List<Decided> chunk, CommitReply.Done reply) {
        String trouble = reply.trouble(chunk.size());
        if (trouble.isEmpty()) {
            return Mono.empty();
        }
        String message = "effects and their dead letter were refused, the entries stay pending: " + trouble;
        return Mono.error(new LinkException(Kind.REFUSED, "PUT_BACK", message, new IllegalStateException(trouble)));
    }

    private CommitReply.Done done(long[] reply) {
        CommitReply read = script.read(reply);
        if (read instanceof CommitReply.Done done) {
            return done;
        }
        if (read instanceof CommitReply.Full full) {
            throw wait("FULL", full.stream() + " has reached its cap; its readers are behind");
        }
        CommitReply.BadKey bad = (CommitReply.BadKey) read;
        throw wait("BADKEY", bad.key() + " is not a " + bad.type() + "; move that key away");
    }

    private static LinkException wait(String code, String message) {
        return new LinkException(Kind.RETRY, code, message, new IllegalStateException(message));
    }
}
