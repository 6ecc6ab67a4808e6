package io.heatwire.ops.http;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections of one listener may be open at once: whoever opens more finds them closed. */
final class ConnectionCap {

    /** Scrapers and people need a handful. */
    private static final int MOST = 64;

    private final AtomicInteger open = new AtomicInteger();

    /** Whether the connection may stay; its place becomes free when it closes. */
    boolean admits(Channel connection) {
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            return false;
        }
        connection.closeFuture().addListener(closed -> open.decrementAndGet());
        return true;
    }
}
