package io.heatwire.ops.cli;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.importing.WiringImport;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a wiring from the environment files of the existing services. */
@Command(
        name = "import-env",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Writes a wiring from the environment files of the existing services: the shipped one with their values in it.",
            "A comment on top says of each line that could not be used why. Secrets are not copied: they stay references."
        },
        footer = {"%nExit code 0 when a wiring was written, 78 when a file cannot be read."})
final class ImportEnvCommand implements Callable<Integer> {

    private static final String SHIPPED = "/heatwire.yaml";
    private static final long LARGEST = 1_000_000;

    private final Console console;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "environment files, for example /etc/quantum/*.env")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this new file instead of standard output")
    private @Nullable Path output;

    ImportEnvCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Path file : files) {
            String refusal = read(file, texts);
            if (refusal != null) {
                console.err().println("heatwire: " + file + refusal);
                return Exit.CONFIGURATION;
            }
        }
        WiringImport.Imported imported = WiringImport.of(texts, shipped(), ImportEnvCommand::check);
        if (output == null) {
            console.out().print(imported.text());
            console.out().flush();
        } else if (!write(output, imported.text())) {
            return Exit.CONFIGURATION;
        }
        imported.notes().forEach(console.err()::println);
        console.err()
                .println("heatwire: " + imported.taken() + " variables taken, "
                        + imported.notes().size() + " notes");
        return Exit.OK;
    }

    /** Notes the text, or says behind the name of the file why there is none. */
    private static @Nullable String read(Path file, Map<String, String> texts) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                return ": is a directory";
            }
            if (Files.size(file) > LARGEST) {
                return ": is larger than " + LARGEST + " bytes";
            }
            String text = Files.readString(file);
            int nul = text.indexOf('\0');
            if (nul >= 0) {
                long line = 1
                        + text.substring(0, nul).chars().filter(c -> c == '\n').count();
                return ":" + line + ": holds a NUL character, which no variable can";
            }
            texts.put(file.toString(), text);
            return null;
        } catch (NoSuchFileException missing) {
            return ": there is no such file";
        } catch (CharacterCodingException binary) {
            return ": is not UTF-8";
        } catch (IOException refused) {
            return ": cannot be read: " + refused.getClass().getSimpleName();
        }
    }

    private boolean write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (IOException refused) {
            console.err().println("heatwire: " + file + " cannot be written, or is there already");
            return false;
        }
    }

    private static String shipped() throws IOException {
        try (InputStream shipped = ImportEnvCommand.class.getResourceAsStream(SHIPPED)) {
            if (shipped == null) {
                throw new IOException("this build has no shipped wiring inside");
            }
            return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Against no environment: what is imported has to stand by itself. */
    private static WiringResult check(String text) {
        try {
            Path file = Files.createTempFile("heatwire-import-", ".yaml");
            try {
                Files.writeString(file, text);
                return Wiring.load(file, Map.of(), OperatorCatalog.all(), Set.of());
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException("cannot write a temporary file", cannotWrite);
        }
    }
}
