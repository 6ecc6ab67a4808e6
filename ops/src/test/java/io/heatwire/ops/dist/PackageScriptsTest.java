package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of the package, with programs in place of systemctl and userdel that write down how they were called. */
@EnabledOnOs(OS.LINUX)
final class PackageScriptsTest {

    private static final Path CONTROL = Path.of("deb", "control");
    private static final String OURS = "heatwire:x:998:998::/var/lib/heatwire:/usr/sbin/nologin\n";
    private static final String OF_SOMEBODY_ELSE = "heatwire:x:1000:1000:Heat Wire:/home/heatwire:/bin/sh\n";

    @TempDir
    private Path directory;

    private Path root;
    private Path calls;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        calls = Files.createFile(directory.resolve("calls"));
        Files.createDirectory(directory.resolve("bin"));
        program("userdel", "");
        program("groupdel", "");
        program(
                "systemctl",
                "[ $1 != list-units ] || printf '%s loaded x\\n' heatwire.service heatwire@heat_gate.service");
    }

    private void program(String name, String body) throws IOException {
        Path program = Files.writeString(
                directory.resolve("bin").resolve(name),
                "#!/bin/sh\necho " + name + " \"$@\" >> " + calls + "\n" + body + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void run(String script, String... arguments) throws Exception {
        Path file = Files.writeString(directory.resolve("script"), script);
        List<String> command = new ArrayList<>(List.of("sh", file.toString()));
        command.addAll(List.of(arguments));
        Run run = Run.of(
                command,
                Map.of("DPKG_ROOT", root.toString(), "PATH", directory.resolve("bin") + ":" + System.getenv("PATH")));
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void anUpgradeRestartsWhatRunsAndWhatIsNotReadyYetAndWaitsForNothing() throws Exception {
        Path systemd = Files.createDirectory(directory.resolve("systemd"));
        String functions = Files.readString(CONTROL.resolve("postinst"))
                .replaceFirst("(?s)\ncase .*", "\n")
                .replace("/run/systemd/system", systemd.toString());
        run(functions + "root=\ntake_over 0.1.0\n");

        assertThat(Files.readAllLines(calls))
                .containsExactly(
                        "systemctl daemon-reload",
                        "systemctl list-units --plain --no-legend --state=active,activating,reloading heatwire.service"
                                + " heatwire@*.service",
                        "systemctl restart --no-block heatwire.service",
                        "systemctl restart --no-block heatwire@heat_gate.service");
    }

    @Test
    void removingForgetsTheUnitsThatFailed() throws Exception {
        Path systemd = Files.createDirectory(directory.resolve("systemd"));
        String functions = Files.readString(CONTROL.resolve("postrm"))
                .replaceFirst("(?s)\ncase .*", "\n")
                .replace("/run/systemd/system", systemd.toString());
        run(functions + "root=\nreload_units\n");

        assertThat(Files.readAllLines(calls))
                .containsExactly(
                        "systemctl daemon-reload", "systemctl reset-failed heatwire.service heatwire@*.service");
    }

    @Test
    void purgingRemovesTheAccountOfThePackage() throws Exception {
        purgeWith(OURS);

        assertThat(Files.readAllLines(calls))
                .containsExactly("userdel --prefix " + root + " heatwire", "groupdel --prefix " + root + " heatwire");
    }

    @Test
    void purgingLeavesAnAccountThatWasThereBefore() throws Exception {
        purgeWith(OF_SOMEBODY_ELSE);

        assertThat(calls).isEmptyFile();
    }

    private void purgeWith(String account) throws Exception {
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n" + account);
        Files.writeString(root.resolve("etc/group"), "root:x:0:\nheatwire:x:998:\n");
        run(Files.readString(CONTROL.resolve("postrm")), "purge");
    }

    @Test
    void purgingRemovesWhatWasSetForEachStage() throws Exception {
        List<String> ofStages = List.of(
                "etc/systemd/system/heatwire.service.d",
                "etc/systemd/system/heatwire@.service.d",
                "etc/systemd/system/heatwire@heat_gate.service.d",
                "run/heatwire-heat_gate");
        for (String path : ofStages) {
            Files.createDirectories(root.resolve(path));
        }
        run(Files.readString(CONTROL.resolve("postrm")), "purge");

        assertThat(ofStages).noneMatch(path -> Files.exists(root.resolve(path)));
    }
}
