package io.heatwire.ops.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.engine.edge.EdgeLoad;
import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Flow;
import io.heatwire.engine.health.Health;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.http.HttpDoor;
import io.heatwire.ops.http.WiringState;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.ledger.Who;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LivePageTest {

    private static final int OPEN = 0;
    private static final int WITHOUT_PAGE = 1;
    private static final int GUARDED = 2;
    private static final String TOKEN = "a-token-of-the-test";
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private final Metrics metrics = new Metrics();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private volatile String why = HOSTILE;
    private volatile WiringState state = new WiringState(1, 0, "");
    private HttpDoor door;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        WiringPlan plan = ((WiringResult.Ready)
                        Wiring.load(Path.of("etc", "heatwire.yaml"), Map.of(), OperatorCatalog.all()))
                .plan();
        LivePage page = new LivePage(
                metrics.registry(), this::health, () -> state, () -> plan, new Changes(), Optional.of(ledger()));
        door = HttpDoor.open(
                        List.of(
                                new HttpListener("127.0.0.1", 0, EnumSet.of(Serves.PAGE), List.of()),
                                new HttpListener("127.0.0.1", 0, EnumSet.of(Serves.HEALTH), List.of()),
                                new HttpListener("127.0.0.1", 0, EnumSet.allOf(Serves.class), List.of(), TOKEN),
                                new HttpListener("0.0.0.0", 0, EnumSet.of(Serves.PAGE), List.of())),
                        plan.engine().stages(),
                        metrics,
                        this::health,
                        () -> state,
                        page)
                .block();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        door.close().block();
    }

    private Ledger ledger() {
        return new Ledger(directory.resolve("ledger.jsonl"));
    }

    private Health health() {
        asked.incrementAndGet();
        EdgeHealth edge =
                new EdgeHealth("copy", HOSTILE, "copy", EdgeState.FLOWING, 0, why, true, false, EdgeLoad.UNKNOWN);
        return new Health("redis://127.0.0.1:6379/0", "", List.of(), new Flow(List.of(edge), List.of(), List.of()));
    }

    @Test
    void servesThePageUnderAStrictPolicy() throws Exception {
        for (String path : List.of("/", "/page.css", "/page.js", "/icon.svg")) {
            HttpResponse<String> answer = get(OPEN, path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(header(answer, "content-security-policy"))
                    .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
            assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
            assertThat(header(answer, "cache-control")).isEqualTo("no-cache");
        }
        assertThat(header(get(OPEN, "/"), "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(get(OPEN, "/page.js"), "content-type")).isEqualTo("text/javascript; charset=utf-8");
    }

    @Test
    void fetchesNothingFromElsewhereAndHasNothingInline() throws Exception {
        assertThat(get(OPEN, "/").body())
                .doesNotContain("http:", "https:", "//", "style=", "<style", "onclick", "onload")
                .doesNotContainPattern("<script(?![^>]*src=)");
        assertThat(get(OPEN, "/page.js").body())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
        assertThat(get(OPEN, "/page.css").body()).doesNotContain("http", "@import", "url(/", "url(\"");
    }

    @Test
    void sendsAFileAgainOnlyWhenItChanged() throws Exception {
        String version = header(get(OPEN, "/page.js"), "etag");
        assertThat(version).matches("\"[0-9a-f]{24}\"");
        HttpResponse<String> again = send(OPEN, "/page.js", "If-None-Match", version);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(send(OPEN, "/page.js", "If-None-Match", "\"0\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void servesItOnlyWhereTheWiringSaysSo() throws Exception {
        for (String path : List.of("/", "/page.js", "/live", "/graph", "/trace?id=1", "/operations")) {
            assertThat(get(WITHOUT_PAGE, path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(get(WITHOUT_PAGE, "/").body()).isEqualTo("not found; here are: /health\n");
        assertThat(get(OPEN, "/health").statusCode()).isEqualTo(404);
    }

    @Test
    void asksForTheTokenEverywhereOnAGuardedListener() throws Exception {
        for (String path :
                List.of("/", "/page.js", "/live", "/graph", "/trace?id=1", "/letters?stage=heat_gate", "/operations")) {
            assertThat(get(GUARDED, path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(send(GUARDED, "/", "Authorization", "Bearer " + TOKEN).statusCode())
                .isEqualTo(200);
    }

    @Test
    void showsEventsOnlyToWhoIsOnThisMachineOrShowsAToken() throws Exception {
        for (String path : List.of("/trace?id=1", "/letters?stage=heat_gate", "/operations")) {
            assertThat(get(3, path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(get(3, "/").statusCode()).isEqualTo(200);
    }

    @Test
    void answersNoOtherSite() throws Exception {
        for (String path : List.of("/live", "/trace?id=1", "/letters?stage=heat_gate", "/operations")) {
            assertThat(send(OPEN, path, "Sec-Fetch-Site", "cross-site").statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @Test
    void tellsWhatTheLedgerSays() throws Exception {
        Who anna = new Who("root", "anna", "web1", "");
        new Operation(ledger(), Clock.systemUTC(), anna, "kill", "on", HOSTILE)
                .end(Map.of("quantum:kill", "0"), Map.of("quantum:kill", "1"), List.of(), "done");

        HttpResponse<String> answer = get(OPEN, "/operations");

        assertThat(header(answer, "content-type")).startsWith("application/json");
        JsonObject operation = JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .getAsJsonArray("operations")
                .get(0)
                .getAsJsonObject();
        assertThat(operation.get("what").getAsString()).isEqualTo("kill on");
        assertThat(operation.get("who").getAsString()).isEqualTo("anna as root@web1");
        assertThat(operation.get("why").getAsString()).isEqualTo(HOSTILE);
        assertThat(operation.getAsJsonArray("changes").get(0).getAsString()).isEqualTo("quantum:kill: 0 -> 1");
    }

    @Test
    void refusesQuestionsThatAreNone() throws Exception {
        assertThat(get(OPEN, "/trace").statusCode()).isEqualTo(400);
        assertThat(get(OPEN, "/trace?id=" + "x".repeat(201)).statusCode()).isEqualTo(400);
        assertThat(get(OPEN, "/letters?stage=nobody").statusCode()).isEqualTo(404);
        assertThat(get(OPEN, "/letters").body()).doesNotContain("nobody");
    }

    @Test
    void saysInOneLineThatRedisIsNotThere() throws Exception {
        HttpResponse<String> answer = get(OPEN, "/letters?stage=heat_gate");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JsonParser.parseString(answer.body())
                        .getAsJsonObject()
                        .get("error")
                        .getAsString())
                .contains("redis://")
                .doesNotContain("\n", "Exception");
    }

    @Test
    void sendsSnapshotsThatABrowserUnderstands() throws Exception {
        BufferedReader events = live(OPEN);
        assertThat(heads(events)).contains("content-type: text/event-stream; charset=utf-8", "cache-control: no-store");
        assertThat(next(events, "retry: ")).isEqualTo("retry: 2000");
        assertThat(next(events, "id: ")).isEqualTo("id: 0");
        String data = next(events, "data: ");
        JsonObject snapshot = JsonParser.parseString(data.substring(6)).getAsJsonObject();
        assertThat(snapshot.getAsJsonArray("edges")
                        .get(0)
                        .getAsJsonObject()
                        .get("from")
                        .getAsString())
                .isEqualTo(HOSTILE);
        assertThat(next(events, "id: ")).isEqualTo("id: 1");
    }

    @Test
    void takesNoPlaceForWhoAsksForHeadersOnly() throws Exception {
        for (int i = 0; i <= LiveFeed.MOST_VIEWERS; i++) {
            URI uri =
                    URI.create("http://127.0.0.1:" + door.addresses().get(OPEN).getPort() + "/live");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        assertThat(next(live(OPEN), "data: ")).isNotEmpty();
    }

    @Test
    void endsTheStreamWhenAnotherWiringRuns() throws Exception {
        BufferedReader events = live(OPEN);
        next(events, "data: ");
        state = new WiringState(2, 0, "");
        String line = events.readLine();
        while (line != null && !line.equals("0")) {
            line = events.readLine();
        }
        assertThat(line).as("the end of a chunked body").isEqualTo("0");
    }

    @Test
    void hasSoManyPlacesAndGivesThemBack() throws Exception {
        for (int i = 0; i < LiveFeed.MOST_VIEWERS; i++) {
            next(live(OPEN), "data: ");
        }
        HttpResponse<String> tooMany = get(OPEN, "/live");
        assertThat(tooMany.statusCode()).isEqualTo(503);
        assertThat(header(tooMany, "retry-after")).isEqualTo("10");

        sockets.get(0).close();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            String first = live(OPEN).readLine();
            return first != null && first.startsWith("HTTP/1.1 200");
        });
    }

    @Test
    void leavesOutWhatASlowViewerDoesNotTake() throws Exception {
        why = "x".repeat(8_000_000);
        BufferedReader events = live(OPEN);
        await().atMost(Duration.ofSeconds(9)).until(() -> asked.get() >= 5);
        why = "short";
        assertThat(next(events, "id: ")).isEqualTo("id: 0");
        int second = Integer.parseInt(next(events, "id: ").substring(4));
        assertThat(second).isGreaterThanOrEqualTo(4);
    }

    private BufferedReader live(int listener) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(20_000);
        InetSocketAddress address = door.addresses().get(listener);
        socket.connect(new InetSocketAddress("127.0.0.1", address.getPort()));
        sockets.add(socket);
        socket.getOutputStream().write("GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private static List<String> heads(BufferedReader answer) throws IOException {
        List<String> heads = new ArrayList<>();
        for (String line = answer.readLine(); line != null && !line.isEmpty(); line = answer.readLine()) {
            heads.add(line);
        }
        return heads;
    }

    private static String next(BufferedReader answer, String start) throws IOException {
        String line = answer.readLine();
        while (line != null && !line.startsWith(start)) {
            line = answer.readLine();
        }
        return line == null ? "" : line;
    }

    private HttpResponse<String> get(int listener, String path) throws Exception {
        return send(listener, path, "Accept", "*/*");
    }

    private HttpResponse<String> send(int listener, String path, String name, String value) throws Exception {
        URI uri =
                URI.create("http://127.0.0.1:" + door.addresses().get(listener).getPort() + path);
        return client.send(
                HttpRequest.newBuilder(uri).header(name, value).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
