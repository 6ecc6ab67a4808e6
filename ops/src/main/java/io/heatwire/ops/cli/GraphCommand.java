package io.heatwire.ops.cli;

import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.graph.LiveNotes;
import io.heatwire.ops.graph.Picture;
import io.heatwire.ops.graph.PictureFormat;
import io.heatwire.ops.graph.PictureOfWiring;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows a wiring as a picture. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Shows a wiring as a picture: stages, streams, keys, and who else writes them.",
            "Touches Redis only with --live."
        },
        footer = {
            "%n--live adds to each wire over a stream: entries per minute over the last five minutes, the age of the newest"
                    + " entry, and lag and pending of the reader's group; and to each edge its state: from the running engine when"
                    + " its health answers, or else from two looks at Redis, which take at most 10 s. The picture says which. => flowing,"
                    + " -> well, !! somebody has to look at it, ?? unknown.",
            "Exit code 0; 69 when Redis does not answer or the file cannot be written, 78 when the wiring is refused."
        })
final class GraphCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}")
    private PictureFormat format = PictureFormat.text;

    @Option(names = "--live", description = "add what Redis says of each wire now")
    private boolean isLive;

    @Option(names = "--dead", description = "show the dead letters, too")
    private boolean isWithDead;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this file")
    private @Nullable Path output;

    GraphCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return isLive
                ? wiring.open(console, this::live)
                : wiring.load(console, ready -> write(PictureOfWiring.of(ready.graph(), isWithDead)));
    }

    private int live(WiringResult.Ready ready, DeadDesk desk) {
        Picture picture = PictureOfWiring.of(ready.graph(), isWithDead);
        return write(LiveNotes.on(
                picture,
                ready.graph(),
                new BrokerView(desk),
                EdgeStates.of(ready, picture, desk, wiring.listeners(console, ready))));
    }

    private int write(Picture picture) {
        String text = format.write(picture);
        if (output == null) {
            console.out().print(text);
            console.out().flush();
            return Exit.OK;
        }
        try {
            Files.writeString(output, text);
            return Exit.OK;
        } catch (IOException cannotWrite) {
            console.err().println("heatwire: cannot write " + output + ": " + WriteTrouble.reason(cannotWrite));
            return Exit.UNAVAILABLE;
        }
    }
}
