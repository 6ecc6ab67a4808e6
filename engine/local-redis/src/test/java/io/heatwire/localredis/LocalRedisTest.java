package io.heatwire.localredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalRedisTest {

    @Test
    void startsAnswersAndLeavesNothingBehind() {
        Path directory;
        long pid;
        try (LocalRedis redis = LocalRedis.start(RedisBinary.forTests())) {
            directory = redis.directory();
            pid = redis.pid();
            assertThat(RedisPing.answers(redis.port(), redis.password())).isTrue();
            assertThat(RedisPing.answers(redis.port(), "wrong")).isFalse();
        }
        assertThat(Files.exists(directory)).isFalse();
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void leavesNothingBehindWhenItsJvmEndsWithoutClosingIt() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process jvm = new ProcessBuilder(
                        java,
                        "-Dredis.server=" + System.getProperty("redis.server", ""),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forgetful.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(jvm.waitFor()).isZero();
        assertThat(Path.of(said.get(0))).doesNotExist();
        assertThat(ProcessHandle.of(Long.parseLong(said.get(1))).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    /** Starts a server and ends. */
    static final class Forgetful {

        public static void main(String[] args) {
            LocalRedis redis = LocalRedis.start(RedisBinary.forTests());
            System.out.println(redis.directory());
            System.out.println(redis.pid());
            System.exit(0);
        }
    }

    @Test
    void comesBackOnTheSamePortAfterAKill() {
        try (LocalRedis redis = LocalRedis.start(RedisBinary.forTests(), "--appendonly", "yes")) {
            redis.kill();
            assertThat(RedisPing.answers(redis.port(), redis.password())).isFalse();
            redis.restart();
            assertThat(RedisPing.answers(redis.port(), redis.password())).isTrue();
        }
    }

    @Test
    void saysWhatTheServerPrintedWhenItDoesNotComeUp() {
        assertThatThrownBy(() -> LocalRedis.start(RedisBinary.forTests(), "--no-such-option", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("did not come up");
    }
}
