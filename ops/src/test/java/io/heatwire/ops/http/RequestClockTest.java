package io.heatwire.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.ops.metrics.Metrics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RequestClockTest {

    private final MeterBook book = new MeterBook(new Metrics().registry());
    private final EmbeddedChannel connection = connection();

    private EmbeddedChannel connection() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(new RequestClock(new Refusals(book)));
        channel.pipeline().fireChannelActive();
        return channel;
    }

    @Test
    void closesAConnectionThatSaysNothingWithoutCountingIt() {
        pass(29);
        assertThat(connection.isActive()).isTrue();
        pass(2);
        assertThat(connection.isActive()).isFalse();
        assertThat(slow()).isZero();
    }

    @Test
    void endsARequestThatTricklesInHoweverOftenAByteComes() {
        for (int second = 0; second < 4; second++) {
            connection.writeInbound(bytes("G"));
            pass(1);
        }
        assertThat(connection.isActive()).isTrue();
        connection.writeInbound(bytes("G"));
        pass(2);
        assertThat(connection.isActive()).isFalse();
        assertThat(sent()).startsWith("HTTP/1.1 408 ").endsWith("\r\n\r\n");
        assertThat(slow()).isEqualTo(1);
    }

    @Test
    void givesTheNextRequestOnTheConnectionItsOwnTime() {
        for (int request = 0; request < 5; request++) {
            connection.writeInbound(bytes("GET / HTTP/1.1\r\n\r\n"));
            pass(3);
            connection.writeOutbound(bytes("HTTP/1.1 200 OK\r\n\r\n"));
            pass(3);
        }
        assertThat(connection.isActive()).isTrue();
        pass(30);
        assertThat(connection.isActive()).isFalse();
        assertThat(slow()).isZero();
    }

    @Test
    void closesAConnectionThatDoesNotTakeItsAnswer() {
        connection.writeInbound(bytes("GET / HTTP/1.1\r\n\r\n"));
        connection.pipeline().write(bytes("HTTP/1.1 200 OK\r\n\r\n"));
        pass(9);
        assertThat(connection.isActive()).isTrue();
        pass(2);
        assertThat(connection.isActive()).isFalse();
        assertThat(slow()).isEqualTo(1);
    }

    @Test
    void givesACompleteRequestTimeToBeWorkedOn() {
        connection.writeInbound(bytes("GET / HTTP/1.1\r\n\r\n"));
        RequestClock.complete(connection.pipeline().firstContext());
        pass(19);
        assertThat(connection.isActive()).isTrue();
        assertThat(sent()).isEmpty();
        pass(2);
        assertThat(connection.isActive()).isFalse();
        assertThat(slow()).isZero();
    }

    private void pass(long seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
        connection.runPendingTasks();
    }

    private double slow() {
        return book.current("heatwire_http_refused_total", "slow");
    }

    private String sent() {
        StringBuilder sent = new StringBuilder();
        for (ByteBuf part = connection.readOutbound(); part != null; part = connection.readOutbound()) {
            sent.append(part.toString(StandardCharsets.US_ASCII));
            part.release();
        }
        return sent.toString();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
