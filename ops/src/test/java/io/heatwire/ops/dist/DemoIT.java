package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.localredis.RedisBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The demo as a user starts it: launcher, production jar, bundled Redis. */
final class DemoIT {

    private static final String LAUNCHER = System.getProperty("heatwire.launcher");
    private static final Pattern LATE = Pattern.compile("publish_plan_post +(\\d+) +(\\d+) +([0-9.]+)%");

    @Test
    void runsTheWholeChainAndFindsAllFiguresInAgreement() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        || RedisBinary.onPath().isPresent(),
                "the bundled redis-server is for Linux, and there is none on the PATH");
        Run run = demo("--duration", "6s");

        assertThat(run.output())
                .contains("simulated prices (seed 1; --market takes real ones)")
                .contains("figures agree between Redis and /metrics.")
                .contains("drained: committed ")
                .doesNotContain("MISMATCH", "Exception");
        Matcher late = LATE.matcher(run.output());
        assertThat(late.find()).isTrue();
        assertThat(Integer.parseInt(late.group(1))).isPositive();
        assertThat(Double.parseDouble(late.group(3))).isGreaterThanOrEqualTo(99);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysWhyItCannotReachAGivenRedis() throws Exception {
        Run run = demo("--redis", "redis://:s3cret@127.0.0.1:1");

        assertThat(run.output())
                .contains("heatwire: cannot connect to redis://127.0.0.1:1/0: ")
                .doesNotContain("s3cret", "\tat ");
        assertThat(run.exitCode()).isEqualTo(69);
    }

    private static Run demo(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", LAUNCHER, "demo"));
        command.addAll(List.of(options));
        return Run.of(command, Map.of("HEATWIRE_JAVA", Run.java(), "HEATWIRE_LOG_LEVEL", ""));
    }
}
