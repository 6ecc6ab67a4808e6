package io.heatwire.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerVersionTest {

    @Test
    void knowsRedisAndValkeyApart() {
        assertThat(ServerVersion.read("# Server\r\nredis_version:7.0.15\r\n")).hasToString("redis 7.0.15");
        assertThat(ServerVersion.read("redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.1.0\r\n"))
                .hasToString("valkey 8.1.0");
    }

    @Test
    void refusesWhatCannotRunAScriptWithAHeader() {
        assertThat(ServerVersion.read("redis_version:6.2.11\r\n").isSuitable()).isFalse();
        assertThat(ServerVersion.read("something else").isSuitable()).isFalse();
        assertThat(ServerVersion.read("redis_version:7.0.0\r\n").isSuitable()).isTrue();
    }
}
