package io.heatwire.ops.cli;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.live.Rights;
import java.util.Optional;
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
    private WiringOption wiring = new WiringOption();

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
        return wiring.load(console, this::print);
    }

    private int print(WiringResult.Ready ready) {
        EnginePlan plan = ready.plan().engine();
        String name = Optional.ofNullable(user)
                .or(() -> Optional.ofNullable(plan.redis().username()))
                .orElse(NAME);
        console.out().println(Rights.of(plan).setUser(name));
        return Exit.OK;
    }
}
