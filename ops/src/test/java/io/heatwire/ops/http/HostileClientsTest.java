package io.heatwire.ops.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.heatwire.engine.LogLines;
import io.heatwire.engine.health.Health;
import io.heatwire.ops.metrics.MetricFormat;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people send who mean no good, byte by byte. */
final class HostileClientsTest {

    private static final String TOKEN = "e4c1f6a09b2d7781";
    private static final List<String> HEADERS = List.of(
            "x-content-type-options: nosniff\r\n",
            "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n",
            "referrer-policy: no-referrer\r\n",
            "cache-control: no-store\r\n");

    private final Metrics metrics = new Metrics();
    private HttpDoor door;
    private LogLines log;

    @BeforeEach
    void open() {
        log = LogLines.ofStages();
        Health health = new Health("redis://127.0.0.1:6379/0", "redis 7.0.15", List.of());
        EnumSet<Serves> all = EnumSet.allOf(Serves.class);
        door = HttpDoor.open(
                        List.of(
                                new HttpListener("127.0.0.1", 0, all, List.of()),
                                new HttpListener("127.0.0.1", 0, all, List.of(), TOKEN)),
                        List.of(),
                        metrics,
                        () -> health,
                        () -> new WiringState(1, 0, ""),
                        Site.NONE)
                .block();
    }

    @AfterEach
    void close() {
        door.close().block();
        log.close();
        assertThat(log.traces()).isEmpty();
    }

    @Test
    void putsTheSameHeadersOnEveryAnswerAndNamesNoServer() throws IOException {
        for (String request : List.of("GET /health", "HEAD /health", "GET /nothing", "POST /health", "GET /metrics")) {
            assertThat(ask(0, request))
                    .as(request)
                    .contains(HEADERS)
                    .doesNotContainIgnoringCase("\r\nserver:")
                    .doesNotContain("netty");
        }
        assertThat(ask(1, "GET /health")).contains(HEADERS);
    }

    @Test
    void asksForTheTokenOnEveryPathOfAGuardedListener() throws IOException {
        for (String path : List.of("/metrics", "/health", "/ready", "/nothing", "/../../etc/passwd")) {
            assertThat(ask(1, "GET " + path))
                    .as(path)
                    .startsWith("HTTP/1.1 401 ")
                    .contains("www-authenticate: Bearer realm=\"heatwire\"\r\n")
                    .doesNotContain("here are", "heatwire_");
        }
        assertThat(refused("token")).isEqualTo(5);
        assertThat(ask(0, "GET /health")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void admitsTheTokenAndNothingLikeIt() throws IOException {
        assertThat(shown("Bearer " + TOKEN)).startsWith("HTTP/1.1 200 ");
        assertThat(shown("bearer  " + TOKEN + " ")).startsWith("HTTP/1.1 200 ");
        for (String wrong : List.of(
                "Bearer " + TOKEN + "1",
                "Bearer " + TOKEN.substring(1),
                "Bearer " + TOKEN.toUpperCase(Locale.ROOT),
                "Bearer ",
                "Bearer",
                TOKEN,
                "Basic " + TOKEN,
                "Bearer null")) {
            assertThat(shown(wrong)).as(wrong).startsWith("HTTP/1.1 401 ");
        }
        assertThat(String.join("\n", log.from(Level.TRACE))).doesNotContain(TOKEN);
    }

    @Test
    void answersNobodyWhoCallsTheLoopbackByANameOfHisOwn() throws IOException {
        for (String name : List.of(
                "evil.example:8090", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[x]")) {
            assertThat(raw(0, "GET /health HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n"))
                    .as(name)
                    .startsWith("HTTP/1.1 421 ")
                    .doesNotContain("redis");
        }
        assertThat(refused("name")).isEqualTo(5);
        for (String name : List.of("localhost:8090", "LOCALHOST", "127.0.0.1:8090", "[::1]:8090", "10.0.0.5")) {
            assertThat(raw(0, "GET /health HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n"))
                    .as(name)
                    .startsWith("HTTP/1.1 200 ");
        }
        assertThat(raw(
                        1,
                        "GET /health HTTP/1.1\r\nHost: behind.a.proxy\r\nConnection: close\r\nAuthorization: Bearer "
                                + TOKEN + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void knowsTwoMethods() throws IOException {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "XYZZY")) {
            assertThat(ask(0, method + " /health"))
                    .as(method)
                    .startsWith("HTTP/1.1 405 ")
                    .contains("allow: GET, HEAD\r\n", "connection: close\r\n")
                    .doesNotContain("redis");
        }
    }

    @Test
    void takesNoBody() throws IOException {
        assertThat(raw(0, "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"))
                .startsWith("HTTP/1.1 413 ")
                .contains("connection: close\r\n");
        assertThat(
                        raw(
                                0,
                                "GET /health HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(raw(
                        0,
                        "POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n"
                                + "x".repeat(100_000)))
                .startsWith("HTTP/1.1 405 ");
        assertThat(ask(0, "GET /health")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void servesNothingButItsOwnPaths() throws IOException {
        for (String path : List.of(
                "/",
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/health/../metrics",
                "//health",
                "/health%00",
                "/health;x",
                "/heatwire.yaml",
                "/%3Cscript%3Ealert(1)%3C/script%3E",
                "http://elsewhere.example/etc/passwd")) {
            assertThat(ask(0, "GET " + path))
                    .as(path)
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("not found; here are: / /health /metrics /ready\n")
                    .doesNotContain("root:", "script");
        }
    }

    @Test
    void answersWhatIsNoRequestInOneLineAndHangsUp() throws IOException {
        String clientHello =
                new String(HexFormat.of().parseHex("16030100f0010000ec0303"), ISO_8859_1) + "x".repeat(230);
        for (String rubbish : List.of(
                "\r\n\r\n\0\0\0\r\n\r\n",
                "GET\r\n\r\n",
                "GET /health HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1, 2\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: localhost\r\nBad\0Name: x\r\n\r\n",
                "GET /hea\u0007lth\u001b[31m HTTP/1.1\r\nHost: localhost\r\n\r\n",
                clientHello + "\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /<script>alert(1)</script> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://[bad HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "*1\r\n$4\r\nPING\r\n",
                "x".repeat(3000) + "\r\n\r\n")) {
            String answer = raw(0, rubbish);
            assertThat(answer)
                    .as(shown(rubbish.substring(0, Math.min(40, rubbish.length())), 0))
                    .matches("(?s)(HTTP/1.[01] 4\\d\\d .*)?");
            assertThat(answer).doesNotContain("Exception", "\tat ", "io.netty", "(still open)");
        }
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(4000)];
            random.nextBytes(bytes);
            raw(0, new String(bytes, ISO_8859_1) + "\r\n\r\n");
        }
        assertThat(ask(0, "GET /health")).startsWith("HTTP/1.1 200 ");
        assertThat(refused("malformed")).isGreaterThan(100);
        assertThat(log.from(Level.TRACE))
                .allSatisfy(line -> assertThat(line).matches("\\[[^\\n]*] Decoding failed: a request that is none"));
    }

    @Test
    void answersManyRequestsInOnePacketOneAfterTheOther() throws IOException {
        String answers = raw(
                0,
                "GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200)
                        + "GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(202);
    }

    @Test
    void keepsOnlySoManyConnectionsOpenAndCountsTheOthers() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                open.add(connect(0));
            }
            await().until(() -> isRefused(0));
            assertThat(refused("connections")).isPositive();
            assertThat(ask(1, "GET /health"))
                    .as("the other listener has its own")
                    .startsWith("HTTP/1.1 401 ");
            open.remove(0).close();
            await().until(() -> !isRefused(0));
            assertThat(ask(0, "GET /health")).startsWith("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private boolean isRefused(int listener) throws IOException {
        try {
            return ask(listener, "GET /ready").isEmpty();
        } catch (SocketException reset) {
            return true;
        }
    }

    private double refused(String cause) {
        return metrics.scrape(MetricFormat.accepted(null))
                .lines()
                .filter(line -> line.startsWith("heatwire_http_refused_total{cause=\"" + cause + "\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private String shown(String authorization) throws IOException {
        return raw(
                1,
                "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: " + authorization
                        + "\r\n\r\n");
    }

    private static String shown(String text, int from) {
        return text.substring(from).replaceAll("\\p{Cntrl}", "?");
    }

    private String ask(int listener, String request) throws IOException {
        return raw(listener, request + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    /** All that comes back until the server hangs up, or until the client has waited a while for that. */
    private String raw(int listener, String request) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = connect(listener)) {
            socket.setSoTimeout(7000);
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                for (int next = socket.getInputStream().read();
                        next >= 0;
                        next = socket.getInputStream().read()) {
                    answer.append((char) next);
                }
            } catch (SocketException hungUp) {
                // What was read before counts.
            } catch (SocketTimeoutException open) {
                answer.append("(still open)");
            }
        }
        return answer.toString();
    }

    private Socket connect(int listener) throws IOException {
        return new Socket("127.0.0.1", door.addresses().get(listener).getPort());
    }
}
