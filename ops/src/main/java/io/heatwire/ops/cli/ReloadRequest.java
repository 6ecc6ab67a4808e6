package io.heatwire.ops.cli;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * A request from outside to read the wiring again: SIGHUP, or a test. A request that comes before anybody takes requests is
 * remembered. It logs nothing, and touches no library that does before {@link #requests}: it listens before the log is set up.
 */
final class ReloadRequest {

    /** How the signal is taken. */
    enum Hearing {
        /** Nobody has asked for it: it ends the process. */
        NONE,
        /** It is a request. */
        SIGNALS,
        /** It was ignored when this process was started, and so the JDK leaves it ignored for ever. */
        IGNORED,
        /** This machine does not give it away. */
        IMPOSSIBLE
    }

    private final boolean isBySignal;
    private volatile Hearing hearing = Hearing.NONE;
    private @Nullable Runnable taker;
    private boolean isWaiting;

    private ReloadRequest(boolean isBySignal) {
        this.isBySignal = isBySignal;
    }

    static ReloadRequest bySignal() {
        return new ReloadRequest(true);
    }

    static ReloadRequest byCall() {
        return new ReloadRequest(false);
    }

    /** Takes the signal from here on; without this it would end the process. */
    void listen() {
        if (!isBySignal || hearing != Hearing.NONE) {
            return;
        }
        try {
            hearing = handleHup();
        } catch (ReflectiveOperationException | RuntimeException none) {
            hearing = Hearing.IMPOSSIBLE;
        }
    }

    Hearing hearing() {
        return hearing;
    }

    /** The JDK's only door to signals is sun.misc.Signal, which the compiler warns of and jdk.unsupported promises to keep. */
    private Hearing handleHup() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ours = Proxy.newProxyInstance(
                ReloadRequest.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "handle" -> request();
                        case "hashCode" -> {
                            return System.identityHashCode(proxy);
                        }
                        case "equals" -> {
                            return arguments != null && proxy == arguments[0];
                        }
                        default -> {
                            return "reload at SIGHUP";
                        }
                    }
                    return null;
                });
        Object hup = signal.getConstructor(String.class).newInstance("HUP");
        Object before = signal.getMethod("handle", signal, handler).invoke(null, hup, ours);
        return handler.getField("SIG_IGN").get(null).equals(before) ? Hearing.IGNORED : Hearing.SIGNALS;
    }

    synchronized void request() {
        if (taker == null) {
            isWaiting = true;
        } else {
            taker.run();
        }
    }

    /** One for each request, for one taker; those that come while one is being worked on become one. */
    Flux<Boolean> requests() {
        return Flux.<Boolean>create(
                sink -> {
                    sink.onDispose(() -> take(null));
                    take(() -> sink.next(true));
                },
                FluxSink.OverflowStrategy.LATEST);
    }

    private synchronized void take(@Nullable Runnable next) {
        taker = next;
        if (next != null && isWaiting) {
            isWaiting = false;
            next.run();
        }
    }
}
