package io.heatwire.engine.redis;

import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultEventLoopGroupProvider;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A busy machine, made to measure: a thread that gives the event loop something to do loses the processor for long enough that
 * Redis has answered before it goes on, and the loop loses it for longer just before a connection becomes active. A handshake
 * that goes on outside the loop then always hands its connection out too early.
 */
final class HeldUpHandshake {

    private static final Duration REDIS_HAS_ANSWERED = Duration.ofMillis(25);
    private static final Duration LONGER = Duration.ofMillis(250);

    private final AtomicInteger heldUp = new AtomicInteger();

    /** How often a thread was held up so far. */
    int heldUp() {
        return heldUp.get();
    }

    ClientResources resources() {
        return ClientResources.builder()
                .eventLoopGroupProvider(new Loops())
                .computationThreadPoolSize(2)
                .nettyCustomizer(new NettyCustomizer() {
                    @Override
                    public void afterChannelInitialized(Channel channel) {
                        String activates =
                                channel.pipeline().context(CommandHandler.class).name();
                        channel.pipeline().addBefore(activates, "late", new LateActivation());
                    }
                })
                .build();
    }

    private final class Loops extends DefaultEventLoopGroupProvider {

        Loops() {
            super(1);
        }

        @Override
        protected <T extends EventLoopGroup> EventExecutorGroup doCreateEventLoopGroup(
                Class<T> type, int threads, io.lettuce.core.resource.ThreadFactoryProvider factory) {
            return new Group(threads, factory.getThreadFactory("held-up"));
        }
    }

    private final class Group extends MultiThreadIoEventLoopGroup {

        Group(int threads, ThreadFactory factory) {
            super(threads, factory, NioIoHandler.newFactory());
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... none) {
            return new Loop(this, executor, handlers);
        }
    }

    private final class Loop extends SingleThreadIoEventLoop {

        Loop(Group group, Executor executor, IoHandlerFactory handlers) {
            super(group, executor, handlers);
        }

        @Override
        public void execute(Runnable task) {
            super.execute(task);
            if (!inEventLoop()) {
                heldUp.incrementAndGet();
                LockSupport.parkNanos(REDIS_HAS_ANSWERED.toNanos());
            }
        }
    }

    private static final class LateActivation extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext context) {
            // Busy, since an event loop that is seen to wait is an error in our tests.
            long end = System.nanoTime() + LONGER.toNanos();
            while (System.nanoTime() < end) {
                // as if another program had the processor
            }
            context.fireChannelActive();
        }
    }
}
