package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** heatwire kill as a person gives it, on a real server. */
final class KillCommandIT {

    private static final Path WIRING =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../etc/heatwire.yaml");
    private static final String KILL = "quantum:kill";
    private static final String GLOBAL = "quantum:global:kill_switch";

    private static CommandBench bench;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        bench = new CommandBench();
    }

    @AfterAll
    static void end() {
        bench.close();
    }

    @BeforeEach
    void reset() {
        bench.reset();
        bench.environment.put(
                "HEATWIRE_LEDGER", directory.resolve("ledger.jsonl").toString());
        bench.environment.remove("APPLY_KILL_SWITCH");
    }

    private int kill(String... args) {
        bench.clear();
        String[] all = new String[args.length + 1];
        all[0] = "kill";
        System.arraycopy(args, 0, all, 1, args.length);
        return bench.run(WIRING, all);
    }

    @Test
    void turnsBothKeysOnAndOffAndRemembersWhoDidIt() {
        assertThat(kill("status")).isZero();
        assertThat(bench.out.toString()).contains("kill switch: off", "does not know who set it last");

        assertThat(kill("on", "--why", "exits behave strangely")).isZero();
        assertThat(bench.out.toString())
                .contains("ok    " + KILL + ": 1", "ok    " + GLOBAL + ": 1", "kill switch: ON");
        assertThat(bench.command("GET", KILL)).isEqualTo("1");
        assertThat(bench.command("GET", GLOBAL)).isEqualTo("1");

        assertThat(kill("status")).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains(
                        "kill switch: ON", KILL + ": 1  (blocks)", "kill on  done  by ", "why: exits behave strangely");

        assertThat(kill("off", "--why", "found it")).isZero();
        assertThat(bench.command("EXISTS", KILL, GLOBAL)).isEqualTo(0L);
        assertThat(kill("status")).isZero();
        assertThat(bench.out.toString()).contains("kill off  done  by ", "why: found it");
    }

    @Test
    void asksForAReason() {
        assertThat(kill("on")).isEqualTo(64);
        assertThat(kill("off", "--why", " ")).isEqualTo(64);
        assertThat(bench.err.toString()).contains("say why");
        assertThat(bench.command("EXISTS", KILL, GLOBAL)).isEqualTo(0L);
    }

    @Test
    void writesOverNothingThatIsNoText() {
        bench.command("HSET", KILL, "field", "value");

        assertThat(kill("on", "--why", "an emergency")).isEqualTo(0);
        assertThat(bench.out.toString()).contains(KILL + ": a hash, which cannot be read", "kill switch: ON");
        assertThat(bench.command("GET", GLOBAL)).isEqualTo("1");

        assertThat(kill("off", "--why", "over")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("FAIL  " + KILL, "kill switch: NOT off");
        assertThat(bench.command("TYPE", KILL)).isEqualTo("hash");
    }

    @Test
    void saysWhatASettingBlocksThatNoKeySwitchesOff() {
        bench.environment.put("APPLY_KILL_SWITCH", "true");

        assertThat(kill("status")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("setting kill_switch of apply_planner: true");
        assertThat(kill("off", "--why", "try")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("kill switch: NOT off");
    }

    @Test
    void isPulledEvenWhenTheLedgerCannotBeWritten() throws Exception {
        Files.writeString(directory.resolve("blocked"), "no directory");
        bench.environment.put(
                "HEATWIRE_LEDGER", directory.resolve("blocked/ledger.jsonl").toString());

        assertThat(kill("on", "--why", "an emergency")).isEqualTo(1);
        assertThat(bench.err.toString()).contains("NOT in the ledger");
        assertThat(bench.command("GET", KILL)).isEqualTo("1");
    }

    @Test
    void isPulledEvenWhenTheKeysMayNotBeRead() {
        bench.command("ACL", "SETUSER", "default", "-type");
        try {
            assertThat(kill("on", "--why", "an emergency")).isZero();
            assertThat(bench.out.toString())
                    .contains("ok    " + KILL + ": set to 1, and not read: ", "every plan is blocked");
            assertThat(kill("status")).isEqualTo(1);
            assertThat(bench.out.toString()).contains("kill switch: unknown");
            assertThat(kill("off", "--why", "over")).isEqualTo(1);
        } finally {
            bench.command("ACL", "SETUSER", "default", "+type");
        }
        assertThat(bench.command("GET", KILL)).isEqualTo("1");
        assertThat(bench.command("GET", GLOBAL)).isEqualTo("1");
    }

    @Test
    void saysThatTheServerDoesNotAllowIt() {
        bench.command("ACL", "SETUSER", "default", "-set");
        try {
            assertThat(kill("on", "--why", "an emergency")).isEqualTo(1);
            assertThat(bench.out.toString()).contains("FAIL  " + KILL, " refuses: ", "NOPERM", "kill switch: NOT on");
            kill("status");
            assertThat(bench.out.toString()).contains("kill on  failed  by ");
        } finally {
            bench.command("ACL", "SETUSER", "default", "+set");
        }
    }
}
