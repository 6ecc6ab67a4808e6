package io.heatwire.ops.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EngineListenersTest {

    private static final int TOO_MANY = 17_000_000;

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        end.countDown();
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    /** What a server does with a request. */
    private interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    private int serving(Reply reply) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/metrics", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            reply.to(exchange);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    private static Reply saying(String text) {
        return exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        };
    }

    private static Reply metricsOf(String... stages) {
        StringBuilder text = new StringBuilder("who " + String.join("", stages).hashCode() + "\n");
        for (String stage : stages) {
            text.append("heatwire_stage_up{stage=\"").append(stage).append("\"} 1\n");
        }
        return saying(text.toString());
    }

    private int nobody() throws IOException {
        int port = serving(saying(""));
        servers.remove(servers.size() - 1).stop(0);
        return port;
    }

    private static HttpListener at(int port, String... stages) {
        return new HttpListener("127.0.0.1", port, EnumSet.of(Serves.METRICS), List.of(stages), "for-" + port);
    }

    private static EngineListeners of(HttpListener... listeners) {
        return new EngineListeners(List.of(listeners));
    }

    @Test
    void asksOneThatSpeaksOfAllStagesAndNobodyElseWhenItDoes() throws IOException {
        int wide = serving(metricsOf("gate", "bridge"));
        int narrow = serving(metricsOf("gate"));

        Gathered<Scrape> answers = of(at(narrow, "gate"), at(wide)).metrics(List.of("gate", "bridge"));

        assertThat(answers.whole()).hasSize(1);
        assertThat(answers.single()).isEmpty();
        assertThat(answers.silent()).isEmpty();
        assertThat(tokens).containsExactly("Bearer for-" + wide);
    }

    @Test
    void asksTheListenerOfEachStageThatItLeavesOut() throws IOException {
        int wide = serving(metricsOf("gate"));
        int bridge = serving(metricsOf("bridge"));
        int gone = nobody();

        Gathered<Scrape> answers = of(at(wide), at(bridge, "bridge"), at(gone, "planner"))
                .metrics(List.of("gate", "bridge", "planner", "late"));

        assertThat(answers.whole()).hasSize(1);
        assertThat(answers.single()).containsOnlyKeys("bridge");
        assertThat(answers.silent())
                .containsExactly(
                        Map.entry(
                                "planner",
                                "no answer from 127.0.0.1:" + gone + ": nobody listens there; the engine at 127.0.0.1:"
                                        + wide + " does not run it"),
                        Map.entry("late", "the engine at 127.0.0.1:" + wide + " does not run it"));
        assertThat(answers.isOf(List.of("gate", "bridge"))).isTrue();
        assertThat(answers.isOf(List.of("gate", "planner"))).isFalse();
    }

    @Test
    void takesNoAnswerForAStageThatItDoesNotSpeakOf() throws IOException {
        int shared = serving(metricsOf("planner"));
        int own = serving(metricsOf("late"));
        EngineListeners listeners = of(at(shared, "planner", "late"), at(own, "late"));

        assertThat(listeners.metrics("late").said()).isPresent();
        assertThat(listeners.metrics(List.of("late")).single()).containsOnlyKeys("late");
        servers.get(1).stop(0);
        assertThat(listeners.metrics("late").whyNot())
                .isEqualTo("no answer from 127.0.0.1:" + own + ": nobody listens there; the engine at 127.0.0.1:"
                        + shared + " does not run it");
        assertThat(of(at(shared, "planner", "late")).metrics("late").whyNot())
                .isEqualTo("the engine at 127.0.0.1:" + shared + " does not run it");
    }

    @Test
    void asksTheListenerWithTheFewestOtherStagesFirst() throws IOException {
        int wide = serving(metricsOf("gate", "bridge"));
        int narrow = serving(metricsOf("gate"));

        assertThat(of(at(wide), at(narrow, "gate")).metrics("gate").said()).isPresent();
        assertThat(tokens).containsExactly("Bearer for-" + narrow);
    }

    @Test
    void whoNeverEndsHoldsUpNobodyElseAndGivesNoAnswer() throws IOException {
        int endless = serving(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("heatwire_stage_up{stage=\"gate\"} 1\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        int bridge = serving(metricsOf("bridge"));

        Gathered<Scrape> answers = of(at(endless, "gate"), at(bridge, "bridge")).metrics(List.of("gate", "bridge"));

        assertThat(answers.single()).containsOnlyKeys("bridge");
        assertThat(answers.silent().get("gate")).endsWith(": it did not come to an end within 10 s");
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAnswerThatIsTooLongIsNone() throws IOException {
        int endless = serving(exchange -> {
            exchange.sendResponseHeaders(200, TOO_MANY);
            exchange.getResponseBody().write("#".repeat(TOO_MANY).getBytes(StandardCharsets.UTF_8));
        });

        assertThat(of(at(endless, "gate")).metrics("gate").whyNot())
                .isEqualTo("no answer from 127.0.0.1:" + endless + ": it says more than 16000000 bytes");
    }

    @Test
    void followsNoRedirectWithItsToken() throws IOException {
        int other = serving(metricsOf("gate"));
        int redirecting = serving(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + other + "/metrics");
            exchange.sendResponseHeaders(302, -1);
        });

        assertThat(of(at(redirecting, "gate")).metrics("gate").whyNot())
                .isEqualTo("127.0.0.1:" + redirecting + " answered 302 and not with metrics");
        assertThat(tokens).containsExactly("Bearer for-" + redirecting);
    }

    @Test
    void saysWhatIsWrongWithAnAnswer() throws IOException {
        int text = serving(saying("<html>"));
        int closed = serving(exchange -> exchange.sendResponseHeaders(401, -1));

        assertThat(of(at(text, "gate")).metrics("gate").whyNot())
                .endsWith(" answered with something that is not metrics");
        assertThat(of(at(closed, "gate")).metrics("gate").whyNot()).endsWith(" does not take this token");
        assertThat(of(at(text, "gate")).metrics("bridge").whyNot())
                .isEqualTo("no listener of the wiring serves its metrics");
        assertThat(new EngineCall()
                        .metrics(URI.create("http://no-such-host.invalid:1/metrics"), null)
                        .whyNot())
                .isEqualTo("no answer from no-such-host.invalid:1: this machine knows no such host");
    }
}
