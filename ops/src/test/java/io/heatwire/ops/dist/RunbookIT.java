package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types every command that docs/runbook.md names, against a running chain. */
final class RunbookIT {

    private static final Path RUNBOOK =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../../docs/runbook.md");
    private static final Pattern COMMAND = Pattern.compile("`((?:heatwire|redis-cli|curl) [^`\n]*)`");
    /** Those that go on until somebody ends them, and those that are named without being given in full. */
    private static final Set<String> LEFT_OUT = Set.of(
            "redis-cli --latency",
            "redis-cli --latency-history",
            "redis-cli -n",
            "heatwire dead drop",
            "heatwire mode");

    private static final String PREPARE = """
            cp "$GUIDE_SHIPPED" /etc/heatwire/heatwire.yaml
            redis-cli HSET quantum:portfolio:state ts_epoch $(date +%s) gross_exposure_usd 145.0
            systemctl start heatwire
            redis-cli XADD quantum:stream:apply.plan 1700000000000-1 plan_id feed000000000001 symbol BTCUSDT \\
                action FULL_CLOSE_PROPOSED kill_score 0.5 decision EXECUTE timestamp $(date +%s)
            redis-cli XADD quantum:stream:apply.plan '*' symbol BTCUSDT
            redis-cli XADD quantum:stream:apply.plan '*' symbol ETHUSDT
            sleep 2
            """;

    private static final int FINDS_SOMETHING = 1;
    private static final int FINDS_A_FAULT = 78;

    @TempDir
    private Path folder;

    @Test
    void everyCommandOfTheRunbookIsUnderstood() throws Exception {
        Optional<Path> redisCli = GuideShell.redisCli();
        assumeTrue(redisCli.isPresent(), "no redis-cli here: .ci/tools fetches one; the runbook was NOT tried");
        List<String> commands = COMMAND.matcher(Files.readString(RUNBOOK))
                .results()
                .map(found -> found.group(1))
                .filter(command -> !LEFT_OUT.contains(command))
                .distinct()
                .toList();
        assertThat(commands).hasSizeGreaterThan(25);
        GuideShell shell = new GuideShell(folder, redisCli.orElseThrow());
        try {
            Run prepared = shell.run(shell.here(PREPARE));
            assertThat(prepared.exitCode()).as(prepared.output()).isZero();
            for (String command : commands) {
                Run run = shell.run(
                        shell.here("W=/etc/heatwire/heatwire.yaml; H=http://127.0.0.1:8090; " + filledIn(command)));
                assertThat(run.exitCode()).as(command + ":\n" + run.output()).isIn(0, FINDS_SOMETHING, FINDS_A_FAULT);
                // An empty slow log is an answer, too; ours always say something.
                assertThat(run.output().isBlank() && !command.startsWith("redis-cli"))
                        .as(command)
                        .isFalse();
                assertThat(run.output())
                        .as(command)
                        .doesNotContain("ERR ", "Usage:", "not found", "usage error", "Exception");
            }
            shell.stop();
        } finally {
            shell.kill();
        }
    }

    /** What stands for something of the moment, as somebody on call would fill it in. */
    private static String filledIn(String command) {
        boolean isOurs = command.startsWith("heatwire");
        boolean isPlan = command.contains("trace ID") || command.contains("by_plan:ID");
        return command.replaceAll("\\bKEY\\b", "quantum:stream:apply.plan")
                .replaceAll("(?<!XINFO )\\bSTREAM\\b", isOurs ? "apply_plan" : "quantum:stream:apply.plan")
                .replaceAll("\\b(STAGE|GROUP)\\b", "heat_gate")
                .replaceAll("\\bID\\b", isPlan ? "feed000000000001" : "1700000000000-1")
                .replaceAll("^(heatwire tap apply_plan.*)$", "$1 --from -");
    }
}
