package io.heatwire.ops.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsCallTest {

    private final List<HttpServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    private MetricsCall serving(String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return at(server.getAddress().getPort());
    }

    private static MetricsCall at(int port) {
        return new MetricsCall(URI.create("http://127.0.0.1:" + port + "/metrics"), null);
    }

    private MetricsCall silent() throws IOException {
        MetricsCall call = serving("");
        servers.remove(servers.size() - 1).stop(0);
        return call;
    }

    @Test
    void asksTheNextOneWhenTheFirstIsSilentOrSpeaksOfOthers() throws Exception {
        MetricsCall call = silent().orElse(serving("heatwire_stage_up{stage=\"heat_gate\"} 1\n"), "heat_bridge")
                .orElse(serving("heatwire_stage_up{stage=\"heat_bridge\"} 1\n"), "heat_bridge");

        assertThat(call.ask()).contains("heat_bridge");
    }

    @Test
    void takesTheFirstAnswerWhenNobodySpeaksOfTheStage() throws Exception {
        MetricsCall call = silent().orElse(serving("first 1\n"), "gone").orElse(serving("second 1\n"), "gone");

        assertThat(call.ask()).isEqualTo("first 1\n");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        MetricsCall call = silent().orElse(silent(), "heat_gate");

        assertThatThrownBy(call::ask).isInstanceOf(NoAnswerException.class).hasMessageContaining("http://127.0.0.1:");
    }
}
