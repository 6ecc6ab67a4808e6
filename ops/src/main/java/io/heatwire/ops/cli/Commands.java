package io.heatwire.ops.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * The commands of the program. A command line that names one gets that one alone: to make all of them takes as long as everything
 * else a start does before it connects.
 */
final class Commands {

    private static final Map<String, Function<Console, CommandLine>> ALL = all();

    private Commands() {}

    private static Map<String, Function<Console, CommandLine>> all() {
        Map<String, Function<Console, CommandLine>> all = new LinkedHashMap<>();
        all.put("run", console -> new CommandLine(new RunCommand(console)));
        all.put("check", console -> new CommandLine(new CheckCommand(console)));
        all.put("trace", console -> new CommandLine(new TraceCommand(console)));
        all.put("graph", console -> new CommandLine(new GraphCommand(console)));
        all.put("tap", console -> new CommandLine(new TapCommand(console)));
        all.put("dashboards", console -> new CommandLine(new DashboardsCommand(console)));
        all.put("inject", console -> new CommandLine(new InjectCommand(console)));
        all.put("proof", console -> new CommandLine(new ProofCommand(console)));
        all.put("verify", console -> new CommandLine(new VerifyCommand(console)));
        all.put("status", console -> new CommandLine(new StatusCommand(console)));
        all.put("explain", console -> new CommandLine(new ExplainCommand(console)));
        all.put("acl", console -> new CommandLine(new AclCommand(console)));
        all.put("reload", console -> new CommandLine(new ReloadCommand(console)));
        all.put("mode", console -> new CommandLine(new ModeCommand(console)));
        all.put("rollback", console -> new CommandLine(new RollbackCommand(console)));
        all.put("kill", console -> new CommandLine(new KillCommand(console)));
        all.put("report", ReportCommand::with);
        all.put("tune", console -> new CommandLine(new TuneCommand(console)));
        all.put("ledger", LedgerCommand::with);
        all.put("dead", DeadCommand::with);
        all.put("demo", console -> new CommandLine(new DemoCommand(console)));
        all.put("import-env", console -> new CommandLine(new ImportEnvCommand(console)));
        all.put("schema", console -> new CommandLine(new SchemaCommand(console)));
        all.put("version", console -> new CommandLine(new VersionCommand(console)));
        all.put("train", console -> new CommandLine(new TrainCommand(console)));
        all.put("help", console -> new CommandLine(new CommandLine.HelpCommand()));
        return all;
    }

    /** What this command line needs. */
    static CommandLine of(Console console, String... args) {
        boolean namesOne = args.length > 0 && ALL.containsKey(args[0]) && !args[0].equals("help");
        return namesOne ? with(console, Map.of(args[0], ALL.get(args[0]))) : all(console);
    }

    /** Every command there is. */
    static CommandLine all(Console console) {
        return with(console, ALL);
    }

    private static CommandLine with(Console console, Map<String, Function<Console, CommandLine>> wanted) {
        CommandLine commands = new CommandLine(new HeatwireCommand(console));
        wanted.forEach((name, command) -> commands.addSubcommand(name, command.apply(console)));
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(console.out())
                .setErr(console.err())
                .setParameterExceptionHandler(Complaints::usage)
                .setExecutionExceptionHandler(Complaints::failure);
    }
}
