package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.LetterHead;
import io.heatwire.ops.dead.Escaped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

/** Which letters of a stage a command is to change: some by their ids, or all, or all of one reason. */
final class DeadSelection {

    @Parameters(index = "0", paramLabel = "STAGE", description = "the stage")
    @SuppressWarnings("NullAway.Init")
    private String stage;

    @Parameters(index = "1..*", paramLabel = "ID", description = "ids of letters, as dead show prints them")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "all letters there are when the command starts")
    private boolean all;

    @Option(
            names = "--reason",
            paramLabel = "WORD",
            description = "with --all: only those whose reason begins with this word, for example missing_field")
    private @Nullable String reason;

    String stage() {
        return stage;
    }

    boolean isAll() {
        return all;
    }

    void refuseNonsense(Arguments arguments) {
        if (all == !ids.isEmpty()) {
            throw arguments.refusal(all ? "give ids or --all, not both" : "which letters? give their ids, or --all");
        }
        if (reason != null && !all) {
            throw arguments.refusal("--reason goes with --all");
        }
        DeadWiring.ids(ids, arguments);
        refuseDetail(reason, arguments);
    }

    /** A reason is compared by its first word: the detail behind it may be anything. */
    static void refuseDetail(@Nullable String reason, Arguments arguments) {
        if (reason != null && reason.indexOf(':') >= 0) {
            throw arguments.refusal("--reason takes the word in front of the colon: "
                    + Escaped.plain(reason.substring(0, reason.indexOf(':'))));
        }
    }

    /** Their ids, the oldest first. */
    Flux<EntryId> of(Flux<LetterHead> oldestFirst, Arguments arguments) {
        return all
                ? oldestFirst
                        .filter(head -> reason == null || reason.equals(head.word()))
                        .map(LetterHead::id)
                : Flux.fromIterable(DeadWiring.ids(ids, arguments));
    }
}
