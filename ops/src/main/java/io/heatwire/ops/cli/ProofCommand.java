package io.heatwire.ops.cli;

import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.proof.Proof;
import io.heatwire.ops.proof.ProofRequest;
import io.heatwire.ops.proof.Tally;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that a running engine does what its stages are for. */
@Command(
        name = "proof",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Proves stage by stage that a running engine does what it is for: gives it entries, looks at what becomes of them, at"
                    + " metrics and health, and takes everything away again, also at Ctrl-C.",
            "Its entries have ids that begin with heatwire-proof- and the symbol HEATWIREPROOF, and ask nobody to act. Where groups"
                    + " that are not of this wiring would be given them, none is given."
        },
        footer =
                "%nExit code 0 when every line passed, 1 when one failed, 69 when neither the engine nor Redis can be reached.")
final class ProofCommand implements Callable<Integer> {

    private static final int MOST_WAIT_S = 600;
    private static final Duration CLEANING = Duration.ofMinutes(2);

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            split = ",",
            description = "only these stages; without it all that are switched on")
    private List<String> stages = new ArrayList<>();

    @Option(
            names = "--saturate",
            description =
                    "also prove that late observers count what finds no place: gives them more plans at once than may wait;"
                            + " real plans that come just then may go unobserved")
    private boolean saturate;

    @Option(
            names = "--to-all-groups",
            description =
                    "inject although groups that are not of this wiring read the stream, too: proposals and decisions that say FULL_CLOSE,"
                            + " PARTIAL_25, FULL_CLOSE_PROPOSED, PARTIAL_50_PROPOSED or HOLD (and what gates make of that), and plans that say SKIP, of the symbol"
                            + " HEATWIREPROOF. Readers without a group cannot be seen")
    private boolean toAllGroups;

    @Option(
            names = "--event",
            paramLabel = "FIELD=VALUE",
            description = "what to give stages whose operator has no suite of its own; other fields hold an id")
    private List<String> event = new ArrayList<>();

    @Option(
            names = "--wait",
            paramLabel = "S",
            defaultValue = "5",
            description = "how long to wait for each effect, in s (${DEFAULT-VALUE})")
    private int waitS = 5;

    ProofCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (waitS < 1 || waitS > MOST_WAIT_S) {
            throw arguments.refusal("--wait must be 1 to " + MOST_WAIT_S);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : event) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw arguments.refusal("--event takes FIELD=VALUE, for example fahrenheit=70");
            }
            fields.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        ProofRequest request = new ProofRequest(
                new LinkedHashSet<>(stages), toAllGroups, saturate, fields, TimeUnit.SECONDS.toMillis(waitS));
        return wiring.open(console, (ready, desk) -> prove(ready, desk, request));
    }

    private int prove(WiringResult.Ready ready, DeadDesk desk, ProofRequest request) {
        List<String> names = ready.plan().engine().stages().stream()
                .map(stage -> stage.name())
                .toList();
        request.stages().stream()
                .filter(stage -> !names.contains(stage))
                .findFirst()
                .ifPresent(unknown -> {
                    throw arguments.refusal("no stage '" + Escaped.plain(unknown) + "' is switched on in "
                            + wiring.file() + "; " + Nearest.advice(unknown, names));
                });
        EngineListeners listeners = wiring.listeners(console, ready);
        if (!listeners.anyAnswers()) {
            console.err()
                    .println("heatwire: no engine answers at " + listeners.addresses()
                            + "; is it running, and is this its wiring and environment?");
            return Exit.UNAVAILABLE;
        }
        console.stop().mayTake(CLEANING);
        Tally tally = Proof.run(ready, desk, listeners, request, new TapEnding(console.stop()), console.out());
        console.out().println(tally.line());
        return tally.isProved() ? Exit.OK : Exit.PARTLY;
    }
}
