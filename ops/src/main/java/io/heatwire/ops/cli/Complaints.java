package io.heatwire.ops.cli;

import io.heatwire.engine.UnsuitableServerException;
import io.heatwire.ops.dead.RedisRefusedException;
import io.heatwire.ops.demo.CannotDemoException;
import io.heatwire.ops.demo.market.MarketFileException;
import io.heatwire.ops.http.CannotListenException;
import io.heatwire.ops.ledger.LedgerException;
import io.heatwire.ops.operators.UnusableOperatorsException;
import io.heatwire.ops.service.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns what went wrong into one line for people and an exit code. */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.cli");

    private Complaints() {}

    static int usage(CommandLine.ParameterException problem, String[] args) {
        CommandLine command = problem.getCommandLine();
        command.getErr().println("heatwire: " + problem.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
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
