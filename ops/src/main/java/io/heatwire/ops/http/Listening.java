package io.heatwire.ops.http;

import io.heatwire.wiring.HttpListener;
import org.reactivestreams.Publisher;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** One open port. What it answers may be replaced while it is open; connections do not notice. */
final class Listening {

    private final HttpListener place;
    private final DisposableServer server;
    private final Counter counter;

    /** Where the requests of a port go. */
    static final class Counter {

        private volatile Desk desk;

        Counter(Desk desk) {
            this.desk = desk;
        }

        Publisher<Void> serve(HttpServerRequest request, HttpServerResponse response) {
            return desk.serve(request, response);
        }
    }

    Listening(HttpListener place, DisposableServer server, Counter counter) {
        this.place = place;
        this.server = server;
        this.counter = counter;
    }

    boolean isAt(HttpListener listener) {
        return place.host().equals(listener.host()) && place.port() == listener.port();
    }

    /** Whether no other host could be listened to beside it on the listener's port. */
    boolean isInTheWayOf(HttpListener listener) {
        return place.port() != 0 && place.port() == listener.port() && !isAt(listener);
    }

    HttpListener place() {
        return place;
    }

    DisposableServer server() {
        return server;
    }

    Desk desk() {
        return counter.desk;
    }

    void answerWith(Desk desk) {
        counter.desk = desk;
    }
}
