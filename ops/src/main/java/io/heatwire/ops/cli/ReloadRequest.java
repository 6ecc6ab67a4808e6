package io.heatwire.ops.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A request from outside to read the wiring again: SIGHUP, or a test. */
final class ReloadRequest {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.reload");

    private final Sinks.Many<Boolean> requests = Sinks.many().replay().latest();
    private final boolean isBySignal;

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
        if (!isBySignal) {
            return;
        }
        try {
            handleHup();
        } catch (ReflectiveOperationException | RuntimeException none) {
            LOG.warn("SIGHUP cannot be taken on this machine; the wiring is not read again while the engine runs");
        }
    }

    /** The JDK's only door to signals is sun.misc.Signal, which the compiler warns of and jdk.unsupported promises to keep. */
    private void handleHup() throws ReflectiveOperationException {
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
        signal.getMethod("handle", signal, handler).invoke(null, hup, ours);
    }

    synchronized void request() {
        requests.tryEmitNext(true);
    }

    /** One for each request; those that come while one is being worked on become one. */
    Flux<Boolean> requests() {
        return requests.asFlux().onBackpressureLatest();
    }
}
