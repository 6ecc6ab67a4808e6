package io.heatwire.ops.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The manual page, from the same declarations as {@code --help}: it cannot say anything else. */
final class ManualPage {

    private final List<String> lines = new ArrayList<>();

    private ManualPage() {}

    /** The page of a program with all its commands, as groff source. */
    static String of(CommandSpec program, String version) {
        ManualPage page = new ManualPage();
        page.write(program, version);
        return String.join("\n", page.lines) + "\n";
    }

    private void write(CommandSpec program, String version) {
        UsageMessageSpec usage = program.usageMessage();
        lines.add(".TH HEATWIRE 1 \"\" \"Heatwire " + escaped(version) + "\" \"User Commands\"");
        section("NAME");
        lines.add(program.qualifiedName() + " \\- " + escaped(line(usage.description())));
        section("SYNOPSIS");
        lines.add(".B heatwire");
        lines.add("[\\-hV] COMMAND");
        section("COMMANDS");
        commands(program);
        section("EXIT STATUS");
        usage.exitCodeList().forEach(this::definition);
        section("ENVIRONMENT");
        texts(usage.footer());
        section("FILES");
        definition("/etc/heatwire/heatwire.yaml", "the wiring");
        definition("/etc/heatwire/heatwire.env", "variables for the wiring and the JVM, read by systemd");
        definition("/run/heatwire", "where the running engine leaves word for the other commands");
    }

    private void commands(CommandSpec above) {
        above.subcommands().values().stream()
                .map(each -> each.getCommandSpec())
                .distinct()
                .filter(each -> !each.usageMessage().hidden())
                .forEach(this::command);
    }

    private void command(CommandSpec command) {
        lines.add(".SS \"" + escaped(command.qualifiedName()) + "\"");
        lines.add(".nf");
        String synopsis = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF)).synopsis(0);
        synopsis.lines().map(ManualPage::escaped).forEach(lines::add);
        lines.add(".fi");
        texts(command.usageMessage().header());
        texts(command.usageMessage().description());
        command.positionalParameters().stream().filter(each -> !each.hidden()).forEach(this::parameter);
        command.options().stream().filter(each -> !each.hidden()).forEach(this::option);
        texts(command.usageMessage().footer());
        commands(command);
    }

    private void parameter(PositionalParamSpec parameter) {
        definition(parameter.paramLabel(), described(parameter));
    }

    private void option(OptionSpec option) {
        String names = String.join(", ", option.names());
        definition(option.arity().max() == 0 ? names : names + "=" + option.paramLabel(), described(option));
    }

    private static String described(ArgSpec argument) {
        return line(argument.description());
    }

    private static String line(String... description) {
        return Arrays.stream(description)
                .collect(Collectors.joining(" "))
                .replace("%n", " ")
                .replace("%%", "%");
    }

    private void section(String name) {
        lines.add(".SH \"" + name + "\"");
    }

    private void definition(String term, String text) {
        lines.add(".TP");
        lines.add(".B " + escaped(term.strip()));
        lines.add(escaped(text));
    }

    private void texts(String... texts) {
        for (String text : texts) {
            lines.add(".PP");
            line(text).strip().lines().map(ManualPage::escaped).forEach(lines::add);
        }
    }

    /** A backslash, and a dot or an apostrophe at the beginning, would be commands; a hyphen must stay one that can be copied. */
    private static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
