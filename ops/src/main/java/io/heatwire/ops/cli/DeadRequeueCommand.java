package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.Consent;
import io.heatwire.engine.dead.DeadLetters;
import io.heatwire.engine.dead.Requeued;
import io.heatwire.engine.dead.Requeued.Result;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.RedisRefusedException;
import io.heatwire.ops.dead.RequeueText;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** Puts dead letters back. */
@Command(
        name = "requeue",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Puts dead letters back, each exactly once, however often and by however many it is asked for.",
            "An entry that is still in the input stream becomes pending again under its old id, for this stage only.",
            "One that has left the stream is appended as a new entry, if no other group reads the stream."
        },
        footer = "%nMend the cause first. Exit code 1 when a letter stayed: a line says why and what to do.")
final class DeadRequeueCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private DeadWiring wiring = new DeadWiring();

    @Mixin
    private DeadSelection selection = new DeadSelection();

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(names = "--limit", paramLabel = "N", description = "with --all: the oldest N of them")
    private @Nullable Long limit;

    @Option(
            names = "--again",
            description =
                    "also letters whose other effects were applied (reason effect_failed): all are applied once more")
    private boolean again;

    @Option(
            names = "--to-all-groups",
            description = "also entries that have left a stream which other groups read: these read the new entry too")
    private boolean toAllGroups;

    DeadRequeueCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        selection.refuseNonsense(arguments);
        if (limit != null && (!selection.isAll() || limit < 1)) {
            throw arguments.refusal(selection.isAll() ? "--limit must be at least 1" : "--limit goes with --all");
        }
        return wiring.open(console, this::requeue);
    }

    private int requeue(EnginePlan plan, DeadDesk desk) {
        StagePlan stage = wiring.stage(plan, selection.stage(), arguments);
        if (!(stage.source() instanceof SourcePlan.FromStream)) {
            console.err()
                    .println("heatwire: stage " + stage.name()
                            + " reads no stream, so its letters have nowhere to go back to:"
                            + " its next turn decides anew by itself. heatwire dead drop deletes them.");
            return Exit.PARTLY;
        }
        return new Round(stage, desk, desk.letters(stage)).run();
    }

    /** One run over the chosen letters. */
    private final class Round {

        private final StagePlan stage;
        private final DeadDesk desk;
        private final DeadLetters letters;
        private long putBack;
        private long appended;
        private long stayed;
        private long goneBefore;

        Round(StagePlan stage, DeadDesk desk, DeadLetters letters) {
            this.stage = stage;
            this.desk = desk;
            this.letters = letters;
        }

        int run() {
            Flux<EntryId> chosen = selection.of(letters.oldestFirst(), arguments);
            Iterator<EntryId> ids = chosen.take(limit == null ? Long.MAX_VALUE : limit)
                    .onErrorMap(LinkException.class, desk::refused)
                    .toIterable(1)
                    .iterator();
            boolean goesOn = true;
            while (goesOn && ids.hasNext()) {
                goesOn = requeue(ids.next());
            }
            report();
            return stayed == 0 ? Exit.OK : Exit.PARTLY;
        }

        /** Whether the next letter has a chance. */
        private boolean requeue(EntryId id) {
            Requeued requeued;
            try {
                requeued = desk.await(letters.requeue(id, new Consent(again, toAllGroups)))
                        .orElseThrow();
            } catch (RedisRefusedException lost) {
                report();
                console.err()
                        .println("heatwire: nobody knows what became of letter " + id
                                + ": give the command again, what was put back is no longer there");
                throw lost;
            }
            count(id, requeued);
            return requeued.result() != Result.NO_GROUP && requeued.result() != Result.FULL;
        }

        private void count(EntryId id, Requeued requeued) {
            switch (requeued.result()) {
                case PUT_BACK -> putBack++;
                case APPENDED -> appended++;
                case ABSENT -> goneBefore++;
                default -> stayed++;
            }
            String line = id + " " + RequeueText.of(stage, requeued);
            boolean isAbsent = requeued.result() == Result.ABSENT;
            if (requeued.isDone()) {
                if (!selection.isAll()) {
                    console.out().println(line);
                }
            } else if (!isAbsent || !selection.isAll()) {
                // Among all letters, one that somebody else was faster with is no news.
                stayed += isAbsent ? 1 : 0;
                console.err().println("heatwire: " + line);
            }
        }

        private void report() {
            Map<String, String> after =
                    Map.of("put back", Long.toString(putBack + appended), "stayed", Long.toString(stayed));
            ledger.note(console, null, "dead requeue", stage.name(), after, stayed == 0 ? "done" : "partly");
            console.out()
                    .println("put back " + (putBack + appended) + " of "
                            + (putBack + appended + stayed + (selection.isAll() ? goneBefore : 0)) + " letters of "
                            + stage.name() + (appended > 0 ? ", " + appended + " of them as new entries" : ""));
        }
    }
}
