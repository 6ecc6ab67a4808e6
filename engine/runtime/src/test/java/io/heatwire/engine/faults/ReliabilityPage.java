package io.heatwire.engine.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * docs/reliability.md: a text written by hand around a table and figures that the suite writes. Always written to target; to docs
 * only when asked for with {@code -Dheatwire.reliability.write=true}. What a run did not try keeps its row.
 */
final class ReliabilityPage {

    static final Path IN_DOCS = Path.of("..", "..", "docs", "reliability.md");
    static final Path IN_TARGET = Path.of("target", "reliability.md");

    private static final String TABLE_FROM = "<!-- faults: written by the suite -->\n";
    private static final String TABLE_TO = "<!-- end of faults -->\n";
    private static final String SOAK_FROM = "<!-- soak: written by the suite -->\n";
    private static final String SOAK_TO = "<!-- end of soak -->\n";
    private static final String HEAD =
            "| fault | what is broken | invariant | recovery, ms | seen to fail | what the log says |\n"
                    + "|---|---|---|---|---|---|\n";

    private ReliabilityPage() {}

    static void writeRows(List<PageRow> rows) {
        Map<String, Map<String, PageRow>> byTheme = new TreeMap<>();
        String page = read();
        rows(page).forEach(row -> put(byTheme, row));
        rows.forEach(row -> put(byTheme, row));
        StringBuilder table =
                new StringBuilder(ranOn()).append("Rows that this run did not try are from earlier ones.\n");
        byTheme.forEach((theme, faults) -> {
            table.append("\n### ").append(theme).append("\n\n").append(HEAD);
            faults.values().forEach(row -> table.append(row.markdown()).append('\n'));
        });
        write(replaced(page, TABLE_FROM, TABLE_TO, table.append('\n').toString()));
    }

    static void writeSoak(List<String> lines) {
        write(replaced(read(), SOAK_FROM, SOAK_TO, ranOn() + "\n\n" + String.join("\n", lines) + "\n\n"));
    }

    private static void put(Map<String, Map<String, PageRow>> byTheme, PageRow row) {
        byTheme.computeIfAbsent(row.theme(), theme -> new TreeMap<>())
                .merge(row.fault(), row, (older, newer) -> newer.over(older));
    }

    /** The rows of a page. */
    static List<PageRow> rows(String page) {
        List<PageRow> rows = new ArrayList<>();
        String theme = "";
        for (String line : part(page, TABLE_FROM, TABLE_TO).split("\n")) {
            if (line.startsWith("### ")) {
                theme = line.substring(4);
            } else if (line.startsWith("| ") && !line.startsWith("| fault |")) {
                rows.add(PageRow.parse(theme, line));
            }
        }
        return rows;
    }

    private static boolean toDocs() {
        return Boolean.getBoolean("heatwire.reliability.write");
    }

    /** The page this run goes on with: its own so far, else the one in docs. */
    private static String read() {
        try {
            return Files.readString(toDocs() || !started ? IN_DOCS : IN_TARGET);
        } catch (IOException none) {
            throw new UncheckedIOException("docs/reliability.md is needed as the frame", none);
        }
    }

    private static boolean started;

    private static void write(String page) {
        try {
            Files.createDirectories(IN_TARGET.getParent());
            Files.writeString(IN_TARGET, page);
            started = true;
            if (toDocs()) {
                Files.writeString(IN_DOCS, page);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String part(String page, String from, String to) {
        return page.substring(page.indexOf(from) + from.length(), page.indexOf(to));
    }

    private static String replaced(String page, String from, String to, String part) {
        return page.substring(0, page.indexOf(from) + from.length()) + part + page.substring(page.indexOf(to));
    }

    private static String ranOn() {
        return "Last written " + LocalDate.now(ZoneOffset.UTC) + " by the "
                + (Form.chosen().isLong() ? "long" : "short") + " form: Heatwire " + version() + ", "
                + server() + ", " + System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors()
                + " processors shared with everything else on the machine.\n";
    }

    private static String version() {
        return found(
                "<artifactId>heatwire</artifactId>\\s*<version>([^<]+)</version>",
                contents(Path.of("..", "..", "pom.xml")));
    }

    private static String server() {
        try {
            Process process = new ProcessBuilder(Bench.BINARY.toString(), "--version").start();
            String says = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return (says.startsWith("Valkey") ? "Valkey " : "Redis ") + found("v=([0-9.]+)", says);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1) : "unknown";
    }
}
