package io.heatwire.ops.cli;

import io.heatwire.engine.UnsuitableServerException;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.dead.RedisRefusedException;
import io.heatwire.ops.demo.CannotDemoException;
import io.heatwire.ops.demo.market.MarketFileException;
import io.heatwire.ops.http.CannotListenException;
import io.heatwire.ops.ledger.LedgerException;
import io.heatwire.ops.operators.UnusableOperatorsException;
import io.heatwire.ops.service.StartRefusedException;
import io.heatwire.wiring.problem.Nearest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Turns what went wrong into one line for people and an exit code. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.cli");

    private Complaints() {}

    static int usage(CommandLine.ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        command.getErr()
                .println("heatwire: "
                        + strange(problem).map(word -> unknown(word, command)).orElse(problem.getMessage()));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }

    /** The first word that means nothing here: it may well be why another is missing. */
    private static Optional<String> strange(CommandLine.ParameterException problem) {
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
            return unmatched.getUnmatched().stream().findFirst();
        }
        return problem instanceof CommandLine.MissingParameterException
                ? problem.getCommandLine().getUnmatchedArguments().stream().findFirst()
                : Optional.empty();
    }

    private static String unknown(String word, CommandLine command) {
        String shown = "'" + Escaped.plain(word) + "'";
        if (word.startsWith("-")) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            return "unknown option " + shown
                    + Nearest.to(name, command.getCommandSpec().optionsMap().keySet())
                            .map(near -> "; write " + near)
                            .orElse("");
        }
        List<String> commands = command.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden())
                .map(CommandSpec::name)
                .toList();
        return commands.isEmpty()
                ? shown + " is more than it takes"
                : "unknown command " + shown + "; " + Nearest.advice(word, commands);
    }

    static int failure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        int code = codeOf(failure);
        if (code == Exit.INTERNAL) {
            command.getErr()
                    .println("heatwire: internal error: " + failure + " (HEATWIRE_LOG_LEVEL=debug shows where)");
            LOG.debug("internal error", failure);
        } else {
            command.getErr().println("heatwire: " + failure.getMessage());
        }
        return code;
    }

    private static int codeOf(Exception failure) {
        if (failure instanceof MarketFileException) {
            return Exit.USAGE;
        }
        if (failure instanceof StartRefusedException || failure instanceof UnusableOperatorsException) {
            return Exit.CONFIGURATION;
        }
        return failure instanceof UnsuitableServerException
                        || failure instanceof CannotListenException
                        || failure instanceof CannotDemoException
                        || failure instanceof RedisRefusedException
                        || failure instanceof LedgerException
                ? Exit.UNAVAILABLE
                : Exit.INTERNAL;
    }
}
