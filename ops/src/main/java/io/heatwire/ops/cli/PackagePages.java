package io.heatwire.ops.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Writes what the package carries beside the program: the manual page and the completion for bash. The build calls it. */
public final class PackagePages {

    private PackagePages() {}

    /** Writes both into the directory that is named. */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]));
    }

    static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        CommandLine commands = commands();
        String page = ManualPage.of(commands.getCommandSpec(), Version.number());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("heatwire.1.gz")))) {
            out.write(page.getBytes(StandardCharsets.UTF_8));
        }
        Files.writeString(directory.resolve("heatwire.bash"), AutoComplete.bash("heatwire", commands));
    }

    static CommandLine commands() {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        return Commands.all(new Console(nowhere, nowhere, Map.of(), new StopRequest()));
    }
}
