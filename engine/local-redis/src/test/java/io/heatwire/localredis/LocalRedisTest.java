package io.heatwire.localredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
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
