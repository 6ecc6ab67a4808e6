package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class RedisErrorsTest {

    @Test
    void takesADemotedPrimaryForTheEndOfTheEpochAndNotForALostGroup() {
        assertThat(kind("UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)"))
                .isEqualTo(Kind.EPOCH_OVER);
        assertThat(kind("UNBLOCKED the stream key no longer exists")).isEqualTo(Kind.GROUP_LOST);
        assertThat(kind("READONLY You can't write against a read only replica."))
                .isEqualTo(Kind.EPOCH_OVER);
        assertThat(kind("MASTERDOWN Link with MASTER is down")).isEqualTo(Kind.EPOCH_OVER);
    }

    @Test
    void keepsALineALineAndShort() {
        String text = RedisErrors.classify(new RedisCommandExecutionException("ERR \r\n\u001b[31m" + "x".repeat(5000)))
                .getMessage();
        assertThat(text).startsWith("ERR ???[31mxxx").hasSizeLessThan(1100);
    }

    @Test
    void showsNothingOfAPasswordInAnAddressNotEvenItsLength() {
        LinkException shown = RedisErrors.classify(new RedisConnectionException(
                "Cannot connect to a Redis Sentinel: [redis://*********@127.0.0.1:26379?timeout=2s]"));
        assertThat(shown.getMessage()).isEqualTo("Cannot connect to a Redis Sentinel: [redis://127.0.0.1:26379]");
    }

    @Test
    void saysOfAClosedConnectionWhatItIsThoughItSaysNothingItself() {
        assertThat(RedisErrors.classify(new ClosedChannelException()).getMessage())
                .isEqualTo("Connection closed");
    }

    @Test
    void givesAdviceOnConnectingOnlyWhenThatIsWhatFailed() {
        IOException reset = new IOException("Connection reset");
        assertThat(RedisErrors.classify(reset).getMessage()).isEqualTo("Connection reset");
        assertThat(RedisErrors.classify(new RedisConnectionException("Unable to connect to h/<unresolved>:1", reset))
                        .getMessage())
                .startsWith("Unable to connect to h:1 (Connection reset): the server hung up at once");
    }

    private static Kind kind(String message) {
        return RedisErrors.classify(new RedisCommandExecutionException(message)).kind();
    }
}
