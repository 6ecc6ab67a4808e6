package io.heatwire.engine.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Who is alive and who is not; wherever that cannot be known, nobody is declared dead. */
@EnabledOnOs(OS.LINUX)
class OwnerTest {

    private static final Owner US = Owner.ofThisProcess();
    private static final long NEVER_GIVEN_OUT = 1L << 40;

    private static Owner with(ProcessMark process) {
        return new Owner(US.place().replaceAll("pid \\d+", "pid " + process.pid()), process, US.id());
    }

    @Test
    void canBeReadByPeopleAndByOtherEngines() {
        assertThat(US.lease()).matches("\\S+ pid " + ProcessHandle.current().pid() + " since \\d{4}-\\S+Z \\(.+\\)");
        assertThat(Owner.read(US.lease())).contains(US);
        assertThat(Owner.shown(US.lease())).isEqualTo(US.place()).doesNotContain("(");
        assertThat(US.process().scope()).hasSize(12);
    }

    @Test
    void isAnotherForEachEngineOfAProcess() {
        assertThat(Owner.ofThisProcess()).isNotEqualTo(US);
        assertThat(Owner.hasEnded(Owner.ofThisProcess().lease())).isFalse();
    }

    @Test
    void hasEndedWhenItsProcessIsGone() {
        ProcessMark gone = new ProcessMark(
                US.process().scope(), NEVER_GIVEN_OUT, US.process().startedAt());
        assertThat(Owner.hasEnded(with(gone).lease())).isTrue();
    }

    @Test
    void hasEndedWhenItsNumberBelongsToALaterProcess() {
        ProcessMark before = new ProcessMark(
                US.process().scope(), US.process().pid(), US.process().startedAt() - 1);
        assertThat(Owner.hasEnded(with(before).lease())).isTrue();
    }

    @Test
    void hasEndedWhenItWasKilledButNobodyHasAskedForItsExitCode() throws Exception {
        // The shell becomes a program that waits for no other, and only then ends the one it has started.
        Process parent = new ProcessBuilder("sh", "-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 60").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine().strip());
            awaitStat(parent.pid(), "(sleep) ");
            parent.getOutputStream().close();
            awaitStat(child, ") Z ");
            long startedAt =
                    Long.parseLong(stat(child).replaceFirst(".*\\) ", "").split(" ")[19]);
            assertThat(new ProcessMark(US.process().scope(), child, startedAt).hasEnded())
                    .isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void awaitStat(long pid, String word) {
        await().atMost(Duration.ofSeconds(20)).until(() -> stat(pid).contains(word));
    }

    private static String stat(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/stat"));
    }

    @Test
    void isNeverDeclaredDeadFromAnotherMachineContainerOrUser() {
        assertThat(Owner.hasEnded(with(new ProcessMark("0123456789ab", NEVER_GIVEN_OUT, 1))
                        .lease()))
                .isFalse();
    }

    @Test
    void isNeverDeclaredDeadFromAnotherUserNamespace() throws Exception {
        String elsewhere = introducedFrom(List.of("unshare", "--user", "--map-root-user"));
        assumeThat(elsewhere).as("unshare --user is not allowed here").isNotEmpty();

        assertThat(Owner.read(elsewhere)).isPresent();
        assertThat(Owner.hasEnded(elsewhere)).as("hidden from here").isFalse();
        assertThat(Owner.hasEnded(introducedFrom(List.of()))).as("not hidden").isTrue();
    }

    /** The lease of a process that has ended since, or nothing when it could not be started. */
    private static String introducedFrom(List<String> where) throws Exception {
        List<String> command = new ArrayList<>(where);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                placeOf(Owner.class) + File.pathSeparator + placeOf(Introduction.class),
                Introduction.class.getName()));
        try {
            Process process = new ProcessBuilder(command).start();
            String lease = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            process.waitFor();
            return lease;
        } catch (IOException noSuchProgram) {
            return "";
        }
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** A program that prints the lease of its process. */
    static final class Introduction {

        private Introduction() {}

        public static void main(String[] arguments) {
            System.out.println(Owner.ofThisProcess().lease());
        }
    }

    @Test
    void isNeverDeclaredDeadWhenItCouldNotTellWhereItRan() {
        assertThat(Owner.hasEnded(with(new ProcessMark("", NEVER_GIVEN_OUT, 0)).lease()))
                .isFalse();
    }

    @Test
    void isNeverDeclaredDeadWhenTheLeaseHoldsSomethingElse() {
        String[] others = {"", "somebody", "x pid 1 since y (z/1/1)", "x pid 99999999999999999999 since y (ab/1/1)"};
        for (String other : others) {
            assertThat(Owner.hasEnded(other)).as(other).isFalse();
            assertThat(Owner.shown(other)).isEqualTo(other);
        }
    }
}
