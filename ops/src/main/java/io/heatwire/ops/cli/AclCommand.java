package io.heatwire.ops.cli;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.live.Rights;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the user of Redis that a wiring needs. */
@Command(
        name = "acl",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Prints the command for redis-cli that makes a user with the rights a wiring needs and no others.",
            "Touches no Redis. Replace PASSWORD."
        },
        footer = "%nExit code 0, or 78 when the wiring is refused.")
final class AclCommand implements Callable<Integer> {

    private static final String NAME = "heatwire";

    private final Console console;

    @Mixin
    private OperatorSource operators = new OperatorSource();

    @Option(
            names = {"-w", "--wiring"},
            required = true,
            paramLabel = "FILE",
            description = "the wiring file")
    @SuppressWarnings("NullAway.Init")
    private Path wiring;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "the name of the user; otherwise that of the wiring, or heatwire")
    private @Nullable String user;

    AclCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        WiringResult result = Wiring.load(wiring, console.environment(), operators.catalog(console), Set.of());
        if (!(result instanceof WiringResult.Ready ready)) {
            console.err().print(result.render());
            console.err().flush();
            return Exit.CONFIGURATION;
        }
        EnginePlan plan = ready.plan().engine();
        String name = Optional.ofNullable(user)
                .or(() -> Optional.ofNullable(plan.redis().username()))
                .orElse(NAME);
        console.out().println(Rights.of(plan).setUser(name));
        return Exit.OK;
    }
}
