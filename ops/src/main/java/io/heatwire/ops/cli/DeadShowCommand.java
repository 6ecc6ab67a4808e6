package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.DeadLetter;
import io.heatwire.engine.dead.DeadLetters;
import io.heatwire.engine.dead.LetterHead;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.dead.LetterText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows dead letters with their fields. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Shows dead letters with their fields: those with the ids, else the newest, the newest last.",
            "What could do harm in a terminal is escaped; bytes that are not UTF-8 show as \\xNN."
        },
        footer = "%nExit code 1 when an id has no letter.")
final class DeadShowCommand implements Callable<Integer> {

    private static final int SCANNED = 10_000;

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private DeadWiring wiring = new DeadWiring();

    @Parameters(index = "0", paramLabel = "STAGE", description = "the stage")
    @SuppressWarnings("NullAway.Init")
    private String stage;

    @Parameters(index = "1..*", paramLabel = "ID", description = "ids of letters")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "10",
            description = "without ids: how many of the newest (default: ${DEFAULT-VALUE})")
    private int last;

    @Option(
            names = "--reason",
            paramLabel = "WORD",
            description = "without ids: only those whose reason begins with this word (among the newest 10,000)")
    private @Nullable String reason;

    @Option(names = "--full", description = "all fields and all of each value")
    private boolean full;

    DeadShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<EntryId> wanted = DeadWiring.ids(ids, arguments);
        if (!wanted.isEmpty() && reason != null) {
            throw arguments.refusal("give ids or --reason, not both");
        }
        if (last < 1) {
            throw arguments.refusal("--last must be at least 1");
        }
        DeadSelection.refuseDetail(reason, arguments);
        return wiring.open(console, (plan, desk) -> show(plan, desk, wanted));
    }

    private int show(EnginePlan plan, DeadDesk desk, List<EntryId> wanted) {
        DeadLetters letters = desk.letters(wiring.stage(plan, stage, arguments));
        long nowMs = desk.await(letters.nowMs()).orElseThrow();
        boolean allThere = true;
        for (EntryId id : wanted.isEmpty() ? newest(desk, letters) : wanted) {
            // One at a time: a letter may be as large as Redis allows.
            Optional<DeadLetter> letter = desk.await(letters.letter(id));
            letter.ifPresent(found -> LetterText.print(console.out(), found, nowMs, full));
            if (letter.isEmpty() && !wanted.isEmpty()) {
                console.err().println("heatwire: " + stage + " has no letter " + id);
                allThere = false;
            }
        }
        return allThere ? Exit.OK : Exit.PARTLY;
    }

    private List<EntryId> newest(DeadDesk desk, DeadLetters letters) {
        List<EntryId> newest = new ArrayList<>(desk.awaitAll(letters.newestFirst(reason == null ? last : SCANNED)
                .filter(head -> reason == null || reason.equals(head.word()))
                .map(LetterHead::id)
                .take(last)));
        if (newest.isEmpty()) {
            console.out()
                    .println(
                            reason == null
                                    ? stage + " has no dead letters"
                                    : "none of the newest letters of " + stage + " has the reason "
                                            + Escaped.plain(reason));
        }
        Collections.reverse(newest);
        return newest;
    }
}
