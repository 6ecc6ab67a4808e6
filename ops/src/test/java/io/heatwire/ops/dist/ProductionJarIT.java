package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

final class ProductionJarIT {

    private static final Path JAR = Path.of(System.getProperty("heatwire.jar"));
    private static final Pattern POM_PROPERTIES = Pattern.compile("META-INF/maven/([^/]+)/([^/]+)/pom[.]properties");
    /** Netty carries it under names of its own; the document says so below the table. */
    private static final String INSIDE_NETTY = "org.jctools:";

    private static final Path BILL = Path.of(System.getProperty("heatwire.bom"));
    private static final String REDIS_SERVER = "org.signal:embedded-redis";
    private static final Pattern RESOLVED = Pattern.compile("\\s+([^: ]+:[^: ]+):jar:([^: ]+):(?:compile|runtime).*");
    private static final Pattern ROW = Pattern.compile("\\| `([^`:]+:[^`:]+)` \\| ([^ |]+) \\|.*");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    @Test
    void holdsNoRedisServerAndNoOtherNativeProgram() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                assertThat(entry.getName()).doesNotContain("redis-server");
                assertThat(firstBytes(jar, entry)).as(entry.getName()).isNotEqualTo(ELF);
            }
        }
    }

    @Test
    void canBeRunAndHoldsNoSignatures() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.heatwire.ops.cli.Main");
            assertThat(jar.isMultiRelease()).isTrue();
            assertThat(names(jar))
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void keepsTheLicencesOfWhatIsInside() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(names(jar))
                    .contains(
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/services/org.slf4j.spi.SLF4JServiceProvider");
            assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
            assertThat(text(jar, "META-INF/io.netty.versions.properties"))
                    .contains("netty-transport.version", "netty-codec-http.version");
        }
    }

    @Test
    void isMadeOfWhatTheDocumentSays() throws IOException {
        Map<String, String> libraries = shipped(resolved());
        assertThat(inside())
                .as("the jar, by the pom.properties in it")
                .isNotEmpty()
                .isSubsetOf(libraries.keySet());
        assertThat(documented()).as("docs/security.md").isEqualTo(libraries);
    }

    @Test
    void hasABillOfMaterialsThatAgrees() throws IOException {
        if (!Files.exists(BILL)) {
            // An assumption alone is one word among a thousand lines.
            System.err.println("[WARNING] no bill of materials to hold against the jar: a build with -o writes none");
        }
        assumeThat(BILL).exists();
        assertThat(shipped(bill())).isEqualTo(shipped(resolved()));
    }

    /** Without our own modules and without the redis-server for tests and the demo, which is not in the jar. */
    private static Map<String, String> shipped(Map<String, String> libraries) {
        assertThat(libraries).containsKey(REDIS_SERVER);
        Map<String, String> shipped = new TreeMap<>(libraries);
        shipped.keySet().removeIf(library -> library.startsWith("io.heatwire:") || library.equals(REDIS_SERVER));
        return shipped;
    }

    private static Map<String, String> resolved() throws IOException {
        Map<String, String> resolved = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty("heatwire.libraries")))) {
            Matcher library = RESOLVED.matcher(line);
            if (library.matches()) {
                resolved.put(library.group(1), library.group(2));
            }
        }
        return resolved;
    }

    /** Libraries that say who they are; some do not. */
    private static Set<String> inside() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return names(jar).stream()
                    .map(POM_PROPERTIES::matcher)
                    .filter(Matcher::matches)
                    .map(name -> name.group(1) + ":" + name.group(2))
                    .filter(library -> !library.startsWith("io.heatwire:") && !library.startsWith(INSIDE_NETTY))
                    .collect(Collectors.toSet());
        }
    }

    private static Map<String, String> bill() throws IOException {
        Map<String, String> bill = new TreeMap<>();
        JsonObject file = JsonParser.parseString(Files.readString(BILL)).getAsJsonObject();
        assertThat(file.has("serialNumber")).isFalse();
        assertThat(file.getAsJsonObject("metadata").has("timestamp")).isFalse();
        file.getAsJsonArray("components").forEach(each -> {
            JsonObject library = each.getAsJsonObject();
            bill.put(
                    library.get("group").getAsString() + ":"
                            + library.get("name").getAsString(),
                    library.get("version").getAsString());
        });
        return bill;
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/security.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }

    @Test
    void startsFromTheCommandLine() throws Exception {
        Run run = Run.of(List.of(Run.java(), "-jar", JAR.toString(), "version"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).startsWith("heatwire 0.");
    }

    private static List<String> names(JarFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .toList();
    }

    private static byte[] firstBytes(JarFile jar, ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readNBytes(ELF.length);
        }
    }

    private static String text(JarFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
