package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

final class ProductionJarIT {

    private static final Path JAR = Path.of(System.getProperty("heatwire.jar"));
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
