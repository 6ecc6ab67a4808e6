package io.heatwire.engine.stage;

import io.heatwire.contract.effect.Outcome;
import io.heatwire.engine.commit.CommitEncoder;
import io.heatwire.engine.commit.CommitReply;
import io.heatwire.engine.commit.CommitScript;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.commit.Settled;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.OnPoison;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Commits in order, one call under way at a time. What Redis refuses for now is tried again in place: nothing overtakes it, and
 * since nothing asks for more meanwhile, the reads stop by themselves.
 */
final class CommitLane {

    private static final String WRONG_TYPE = "wrong_type:";

    private final Stage stage;
    private final CommitScript script;
    private final CommitEncoder encoder;
    private final Patience patience;
    private final Intake intake;
    private final Settlement settlement;
    private final boolean halts;

    CommitLane(Stage stage, CommitScript script) {
        this.stage = stage;
        this.script = script;
        this.encoder = new CommitEncoder(script);
        this.patience = new Patience(stage, Call.COMMIT);
        this.intake = new Intake(stage);
        this.settlement = new Settlement(stage, intake);
        this.halts = stage.plan().onPoison() == OnPoison.HALT;
    }

    /** Completes when all entries are settled; fails with {@link HaltedException} when those before a poisonous one are. */
    Mono<Void> commit(StageLink link, List<Decided> entries) {
        List<Decided> possible = entries.stream()
                .sorted(Comparator.comparing(Decided::id))
                .map(this::possible)
                .toList();
        int poison = halts ? firstDead(possible) : -1;
        return poison < 0
                ? commitAll(link, possible)
                : commitAll(link, possible.subList(0, poison)).then(Mono.error(() -> halted(possible.get(poison))));
    }

    private static int firstDead(List<Decided> entries) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).outcome() instanceof Outcome.Dead) {
                return i;
            }
        }
        return -1;
    }

    private static HaltedException halted(Decided poison) {
        return new HaltedException(poison.id(), ((Outcome.Dead) poison.outcome()).reason());
    }

    private Mono<Void> commitAll(StageLink link, List<Decided> entries) {
        List<List<Decided>> chunks = CommitEncoder.split(entries);
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
                    .flatMap(reply -> settled(chunk, reply, from));
        });
    }

    private Mono<Void> settled(List<Decided> chunk, CommitReply.Done reply, long from) {
        stage.book().record(EngineMeters.COMMIT_SECONDS, (System.nanoTime() - from) / 1e9, stage.name());
        String trouble = reply.trouble(chunk.size());
        int back = firstPutBack(chunk, reply);
        if (halts && back >= 0 && trouble.startsWith(WRONG_TYPE)) {
            settle(chunk.subList(0, back), reply);
            return Mono.error(new HaltedException(chunk.get(back).id(), trouble));
        }
        settle(chunk, reply);
        return trouble.isEmpty() ? Mono.empty() : Mono.error(putBack(trouble));
    }

    private static int firstPutBack(List<Decided> chunk, CommitReply.Done reply) {
        return IntStream.range(0, chunk.size())
                .filter(i -> reply.settled(i) == Settled.PUT_BACK)
                .findFirst()
                .orElse(-1);
    }

    private void settle(List<Decided> entries, CommitReply.Done reply) {
        settlement.settle(entries, reply);
    }

    /** What was put back is pending: it comes again in the next epoch, after a pause, and keeps its place before all others. */
    private static LinkException putBack(String trouble) {
        String message = "effects and their dead letter were refused, the entries stay pending: " + trouble;
        return new LinkException(Kind.REFUSED, "PUT_BACK", message, new IllegalStateException(trouble));
    }

    private CommitReply.Done done(long[] reply) {
        CommitReply read = script.read(reply);
        if (read instanceof CommitReply.Done done) {
            return done;
        }
        if (read instanceof CommitReply.Full full) {
            stage.status().full(full.stream());
            String heldUp = stage.status().heldUp();
            throw wait(
                    "FULL",
                    full.stream() + " has reached its cap; " + (heldUp.isEmpty() ? "its readers are behind" : heldUp));
        }
        CommitReply.BadKey bad = (CommitReply.BadKey) read;
        throw wait("BADKEY", bad.key() + " is not a " + bad.type() + "; move that key away");
    }

    private static LinkException wait(String code, String message) {
        return new LinkException(Kind.RETRY, code, message, new IllegalStateException(message));
    }
}
