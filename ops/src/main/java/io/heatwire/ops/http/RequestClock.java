package io.heatwire.ops.http;

import io.heatwire.ops.http.Refusals.Cause;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that idles, that sends a request byte by byte, or that does not take its answer. Stands before everything
 * that reads the protocol and counts from the first byte of a request to its last, so that no trickle prolongs it. One for each
 * connection, on its event loop.
 */
final class RequestClock extends ChannelDuplexHandler {

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration WHOLE_REQUEST = Duration.ofSeconds(5);
    private static final Duration WORK = Duration.ofSeconds(20);
    private static final Duration WHOLE_ANSWER = Duration.ofSeconds(10);
    private static final byte[] TOO_SLOW =
            "HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private enum Phase {
        IDLE,
        REQUEST,
        WORK,
        ANSWER
    }

    private final Refusals refusals;
    private Phase phase = Phase.IDLE;
    private @Nullable Future<?> alarm;
    private @Nullable ChannelPromise lastWrite;

    RequestClock(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
        enter(context, Phase.IDLE, IDLE);
        super.channelActive(context);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (phase == Phase.IDLE) {
            enter(context, Phase.REQUEST, WHOLE_REQUEST);
        }
        super.channelRead(context, bytes);
    }

    /** The last byte of a request has come, and it may take a while to answer it. */
    static void complete(ChannelHandlerContext anyOfTheConnection) {
        ChannelHandlerContext context = anyOfTheConnection.pipeline().context(RequestClock.class);
        if (context != null && context.handler() instanceof RequestClock clock && clock.phase == Phase.REQUEST) {
            clock.enter(context, Phase.WORK, WORK);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise promise) throws Exception {
        ChannelPromise written = promise.unvoid();
        enter(context, Phase.ANSWER, WHOLE_ANSWER);
        lastWrite = written;
        written.addListener(done -> {
            if (lastWrite == written && context.channel().isActive()) {
                enter(context, Phase.IDLE, IDLE);
            }
        });
        super.write(context, bytes, written);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        stop();
        super.channelInactive(context);
    }

    private void enter(ChannelHandlerContext context, Phase next, Duration most) {
        stop();
        phase = next;
        alarm = context.executor().schedule(() -> late(context), most.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        Future<?> running = alarm;
        if (running != null) {
            running.cancel(false);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The listener behind the write is all there is to wait for.
    private void late(ChannelHandlerContext context) {
        if (phase == Phase.REQUEST || phase == Phase.ANSWER) {
            refusals.count(Cause.SLOW);
        }
        if (phase == Phase.REQUEST) {
            context.writeAndFlush(Unpooled.wrappedBuffer(TOO_SLOW)).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.channel().unsafe().closeForcibly();
        }
    }
}
