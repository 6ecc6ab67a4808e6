package io.heatwire.ops.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The arguments of the command this is mixed into. What makes no sense it refuses as the command line does by itself, with exit code 64. */
@Command
final class Arguments {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    /**
     * What to throw.
     *
     * @param why names the argument and says what to give instead
     */
    ParameterException refusal(String why) {
        return refusal(why, null);
    }

    /** The same, when something else failed first. */
    ParameterException refusal(String why, @Nullable Throwable cause) {
        return new ParameterException(command.commandLine(), why, cause);
    }
}
