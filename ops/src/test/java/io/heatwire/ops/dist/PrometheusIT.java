package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import io.heatwire.ops.demo.market.Book;
import io.heatwire.ops.demo.market.Portfolio;
import io.heatwire.ops.demo.market.SimulatedMarket;
import io.heatwire.ops.demo.market.Ticks;
import io.heatwire.ops.demo.upstream.Command;
import io.heatwire.ops.demo.upstream.Upstream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes the running chain: every panel and every alert has something to work with. */
final class PrometheusIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern SELECTOR = Pattern.compile("[a-z_0-9]+\\{[^}]*}");
    private static final String LATE_SUCCESS =
            "sum(p28_observed_total{job=\"heatwire\",obs_point=\"publish_plan_post\",heat_found=\"1\"}) > 0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final SimulatedMarket market = new SimulatedMarket(1);
    private final Portfolio portfolio = new Portfolio(market, 1_000, 4);
    private final Upstream upstream = new Upstream();
    private final Ticks ticks = market.open();

    private LocalRedis redis;
    private RedisAccess access;
    private ServiceProcess service;
    private Process prometheus;
    private int prometheusPort;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        String program = PrometheusTools.find("prometheus");
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(
                        new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 10_000))
                .block(PATIENCE);
        int port = ServiceProcess.freePort();
        service = ServiceProcess.start(
                redis, port, directory, Map.of("APPLY_POLL_SEC", "1", "SYMBOLS", String.join(",", market.symbols())));
        prometheusPort = ServiceProcess.freePort();
        prometheus = new ProcessBuilder(
                        program,
                        "--config.file=" + configuration(port),
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + prometheusPort)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(prometheus::destroyForcibly));
        service.awaitReady();
    }

    @AfterEach
    void stop() throws Exception {
        ticks.close();
        if (prometheus != null) {
            prometheus.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        if (service != null) {
            service.kill();
            access.close().block(PATIENCE);
            redis.close();
        }
    }

    /** The shipped files, with the port of this run, and quicker. */
    private Path configuration(int port) throws IOException {
        String scrape = Files.readString(PrometheusTools.shipped("prometheus/scrape.yaml"));
        assertThat(scrape).contains("127.0.0.1:8090", "15s");
        return Files.writeString(
                directory.resolve("prometheus.yaml"),
                "global: { evaluation_interval: 1s }\nrule_files: ["
                        + PrometheusTools.shipped("prometheus/rules.yaml") + "]\n"
                        + scrape.replace("127.0.0.1:8090", "127.0.0.1:" + port).replace("15s", "1s"));
    }

    @Test
    void everyPanelAndEveryAlertFindsItsData() throws Exception {
        await().atMost(PATIENCE).until(() -> isAnswered("up{job=\"heatwire\"} == 1"));
        Set<String> unanswered = new LinkedHashSet<>(panels());
        assertThat(unanswered).hasSizeGreaterThan(70);
        unanswered.addAll(selectorsOfAlerts());
        unanswered.add(LATE_SUCCESS);

        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            feed();
            unanswered.removeIf(this::isAnswered);
            assertThat(unanswered).isEmpty();
        });

        await().atMost(PATIENCE)
                .until(() -> isAnswered("ALERTS{alertname=\"HeatwireWatchdog\",alertstate=\"firing\"}"));
        assertThat(rules())
                .hasSizeGreaterThan(25)
                .allSatisfy(rule -> assertThat(rule.get("health").getAsString())
                        .as(rule.toString())
                        .isEqualTo("ok"));
    }

    /** One tick of the market, as the services upstream would write it. */
    private void feed() {
        Optional<Book> book = Optional.empty();
        while (book.isEmpty()) {
            book = portfolio.on(ticks.next());
        }
        for (Command command : upstream.after(book.get(), Instant.now())) {
            access.command(command.name(), command.arguments()).block(PATIENCE);
        }
    }

    private static Set<String> panels() throws IOException {
        Set<String> expressions = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(PrometheusTools.shipped("grafana"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                for (JsonObject panel : objects(JsonParser.parseString(Files.readString(file)), "panels")) {
                    objects(panel, "targets")
                            .forEach(
                                    target -> expressions.add(target.get("expr").getAsString()));
                }
            }
        }
        return expressions;
    }

    private Set<String> selectorsOfAlerts() throws Exception {
        Set<String> selectors = new LinkedHashSet<>();
        for (JsonObject rule : rules()) {
            SELECTOR.matcher(rule.get("query").getAsString())
                    .results()
                    .map(MatchResult::group)
                    .forEach(selectors::add);
        }
        return selectors;
    }

    private List<JsonObject> rules() throws Exception {
        JsonObject data = ask("/api/v1/rules").getAsJsonObject("data");
        return objects(data, "groups").stream()
                .flatMap(group -> objects(group, "rules").stream())
                .toList();
    }

    private static List<JsonObject> objects(JsonElement holder, String member) {
        JsonElement found = holder.getAsJsonObject().get(member);
        return found == null
                ? List.of()
                : StreamSupport.stream(found.getAsJsonArray().spliterator(), false)
                        .map(JsonElement::getAsJsonObject)
                        .toList();
    }

    private boolean isAnswered(String expression) {
        try {
            JsonObject answer = ask("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
            return answer.get("status").getAsString().equals("success")
                    && !objects(answer.get("data"), "result").isEmpty();
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private JsonObject ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + prometheusPort + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return JsonParser.parseString(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getAsJsonObject();
    }
}
