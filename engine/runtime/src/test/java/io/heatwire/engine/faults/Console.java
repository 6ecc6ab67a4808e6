package io.heatwire.engine.faults;

import io.heatwire.engine.faults.RedisSocket.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;

/** Asks Redis for the suite, and connects again when the fault at hand has hit this connection too. One thread at a time. */
final class Console implements AutoCloseable {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final IntSupplier port;
    private final String password;
    private RedisSocket socket;

    Console(IntSupplier port, String password) {
        this.port = port;
        this.password = password;
    }

    /** The reply; asked again after a lost connection, so only for what may be done twice. */
    synchronized Object call(String... words) {
        Object reply = pipeline(List.<String[]>of(words)).get(0);
        if (reply instanceof Refused refused) {
            throw new Refused(String.join(" ", words)
                            .substring(0, Math.min(60, String.join(" ", words).length())) + ": "
                    + refused.getMessage());
        }
        return reply;
    }

    synchronized long number(String... words) {
        return (Long) call(words);
    }

    synchronized List<Object> pipeline(List<String[]> commands) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                if (socket == null) {
                    socket = new RedisSocket(port.getAsInt(), password);
                }
                List<Object> replies = socket.pipeline(commands);
                if (!isLoading(replies.get(0)) || System.nanoTime() > until) {
                    return replies;
                }
                Pause.ms(20);
            } catch (IOException | Refused lost) {
                drop();
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("Redis cannot be asked: " + lost.getMessage(), lost);
                }
                Pause.ms(20);
            }
        }
    }

    private static boolean isLoading(Object reply) {
        return reply instanceof Refused refused && refused.getMessage().startsWith("LOADING");
    }

    private void drop() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    @Override
    public synchronized void close() {
        drop();
    }
}
