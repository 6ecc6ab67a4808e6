package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.DeadLetters;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Deletes dead letters. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = "Deletes dead letters for good. Without --yes it only says how many.",
        footer = "%nExit code 64 without --yes, 1 when an id has no letter.")
final class DeadDropCommand implements Callable<Integer> {

    private static final int PAGE = 500;

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private DeadWiring wiring = new DeadWiring();

    @Mixin
    private DeadSelection selection = new DeadSelection();

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(names = "--yes", description = "really delete them")
    private boolean yes;

    DeadDropCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        selection.refuseNonsense(arguments);
        return wiring.open(console, this::drop);
    }

    private int drop(EnginePlan plan, DeadDesk desk) {
        StagePlan stage = wiring.stage(plan, selection.stage(), arguments);
        DeadLetters letters = desk.letters(stage);
        Flux<EntryId> chosen = selection.of(letters.oldestFirst(), arguments);
        return yes ? delete(stage, desk, letters, chosen) : announce(stage, desk, letters, chosen);
    }

    private int announce(StagePlan stage, DeadDesk desk, DeadLetters letters, Flux<EntryId> chosen) {
        Flux<EntryId> there = selection.isAll()
                ? chosen
                : chosen.concatMap(id -> letters.letter(id).map(letter -> id), 0);
        long count = desk.await(there.count()).orElseThrow();
        console.err()
                .println("heatwire: this would delete " + letters(count) + " of " + stage.name()
                        + " for good; nothing was deleted. Add --yes to delete " + (count == 1 ? "it" : "them"));
        return Exit.USAGE;
    }

    private int delete(StagePlan stage, DeadDesk desk, DeadLetters letters, Flux<EntryId> chosen) {
        Mono<Long> deleting = chosen.buffer(PAGE).concatMap(letters::drop, 0).reduce(0L, Long::sum);
        long deleted = desk.await(deleting).orElseThrow();
        ledger.note(console, null, "dead drop", stage.name(), Map.of("deleted", letters(deleted)), "done");
        console.out().println("deleted " + letters(deleted) + " of " + stage.name());
        long missing = selection.isAll() ? 0 : desk.await(chosen.count()).orElseThrow() - deleted;
        if (missing > 0) {
            console.err().println("heatwire: " + missing + " of the ids had no letter");
        }
        return missing > 0 ? Exit.PARTLY : Exit.OK;
    }

    private static String letters(long count) {
        return count == 1 ? "1 letter" : count + " letters";
    }
}
