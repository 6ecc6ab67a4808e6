package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.ledger.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The live page of the shipped wiring in a real browser. */
final class PageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLANS = "quantum:stream:apply.plan";
    private static final String HOSTILE = "<img src=x onerror=alert(document.domain)>\u202e";
    private static final String STEAL = "redis.call('XADD', KEYS[1], '*', 'plan_id', 'stolen', 'symbol', 'BTCUSDT') "
            + "local got = redis.call('XREADGROUP', 'GROUP', 'heat_gate', 'thief', 'STREAMS', KEYS[1], '>') "
            + "if got then for _, row in ipairs(got[1][2]) do redis.call('XACK', KEYS[1], 'heat_gate', row[1]) end end"
            + " return 1";

    private LocalRedis redis;
    private RedisAccess access;
    private ServiceProcess service;
    private BrowserProcess browser;
    private Path wiring;
    private int port;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        Optional<Path> tools = BrowserProcess.tools();
        Assumptions.assumeTrue(
                tools.isPresent(),
                "no browser: run " + BrowserProcess.SCRIPT + " .tools, which fetches chromium and what drives it");
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(
                        new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 10_000))
                .block(PATIENCE);
        String shipped = Files.readString(ServiceProcess.WIRING);
        wiring = Files.writeString(
                directory.resolve("wiring.yaml"),
                shipped.replaceFirst("starved_after_ms: \\d+", "starved_after_ms: 3000"));
        port = ServiceProcess.freePort();
        service = startService();
        browser = BrowserProcess.open(tools.get(), "http://127.0.0.1:" + port + "/", directory.resolve("browser.log"));
    }

    private ServiceProcess startService() throws Exception {
        return ServiceProcess.start(redis, port, directory, wiring, Map.of()).awaitReady();
    }

    @AfterEach
    void stop() throws Exception {
        if (browser != null) {
            browser.close();
            service.kill();
            access.close().block(PATIENCE);
            redis.close();
        }
    }

    @Test
    void showsTheChainAndFallsForNothing() throws Exception {
        feed("good");
        attack();
        JsonObject opened = browser.look("open");
        assertThat(opened.get("stages").getAsString()).contains("heat_gate", "publish_plan_post", "running");
        assertThat(opened.getAsJsonArray("complaints")).isEmpty();

        showsTheLedger();
        showsAStarvedEdge();
        keepsHostileTextText();
        worksByKeyboardOnAPhoneAndForEverybody();
        saysThatTheServerIsGoneAndBack();
    }

    /** The one that the commands for this engine write: beside what it leaves word in. What stands there may be anything. */
    private void showsTheLedger() throws Exception {
        assertThat(browser.look("ledger none").get("said").getAsString()).contains("none yet");

        Path file = directory.resolve("ledger.jsonl");
        Ledger ledger = new Ledger(file);
        Who anna = new Who("root", "anna", "web1", "");
        for (int i = 0; i < 30; i++) {
            new Operation(ledger, Clock.systemUTC(), anna, "mode", "gate enforce", HOSTILE + i)
                    .end(Map.of("mode", "shadow"), Map.of("mode", "enforce"), List.of(), LedgerEntry.DONE);
        }
        Files.writeString(file, "no entry\n{\"torn\": ", StandardOpenOption.APPEND);

        JsonObject seen = browser.look("ledger damaged");
        assertThat(seen.get("said").getAsString())
                .contains("done: mode gate enforce, by anna as root@web1")
                .contains("why: <img src=x onerror=alert(document.domain)>", "mode: shadow -> enforce")
                .contains("1 of the last lines are damaged", "the last line is not complete", "there are older ones")
                .doesNotContain("\u202e");
        assertThat(seen.get("operations").getAsInt()).isEqualTo(20);
        assertThat(seen.getAsJsonArray("dialogs")).isEmpty();
        assertThat(seen.get("injected").getAsInt()).isZero();
    }

    /** A feed is cut: another program takes what the gate should get. On a busy machine the first try may be too slow. */
    private void showsAStarvedEdge() throws Exception {
        JsonObject seen = new JsonObject();
        for (int attempt = 0; attempt < 3 && !seen.has("crosses"); attempt++) {
            feed("fed" + attempt);
            await().atMost(PATIENCE)
                    .until(() -> service.body("/health").contains("\"to\": \"heat_gate\", \"state\": \"flowing\""));
            Disposable thief = Flux.interval(Duration.ZERO, Duration.ofMillis(20))
                    .onBackpressureDrop()
                    .concatMap(tick -> access.command("EVAL", STEAL, "1", PLANS), 0)
                    .subscribe();
            seen = browser.look("starved");
            thief.dispose();
        }
        assertThat(seen.get("shown").getAsBoolean()).isTrue();
        assertThat(seen.get("crosses").getAsInt()).isPositive();
        assertThat(seen.get("spoken").getAsString()).contains(PLANS + " -> heat_gate: starved");
    }

    private void keepsHostileTextText() {
        JsonObject letters = browser.look("letters");
        assertThat(letters.get("said").getAsString())
                .contains("<img src=x onerror=alert(document.domain)>")
                .doesNotContain("\u202e");
        JsonObject trace = browser.look("trace " + HOSTILE);
        assertThat(trace.get("said").getAsString()).contains("<img src=x onerror=alert(document.domain)>");
        assertThat(browser.look("trace good").get("said").getAsString()).contains("heat_decision");
        for (JsonObject look : List.of(letters, trace)) {
            assertThat(look.getAsJsonArray("dialogs")).isEmpty();
            assertThat(look.getAsJsonArray("foreign")).isEmpty();
            assertThat(look.get("injected").getAsInt()).isZero();
        }
    }

    private void worksByKeyboardOnAPhoneAndForEverybody() {
        JsonObject keys = browser.look("keyboard");
        assertThat(keys.get("first").getAsString()).isEqualTo("Skip to the content");
        assertThat(keys.get("last").getAsString()).isEqualTo("trace-id");
        assertThat(keys.get("all").getAsBoolean()).as("focus can be seen").isTrue();
        assertThat(keys.get("said").getAsString()).contains("no-such-plan");

        JsonObject widths = browser.look("narrow");
        assertThat(widths.get("320").getAsInt()).isLessThanOrEqualTo(320);
        assertThat(widths.get("360").getAsInt()).isLessThanOrEqualTo(360);

        JsonObject audit = browser.look("axe");
        assertThat(audit.getAsJsonArray("light")).isEmpty();
        assertThat(audit.getAsJsonArray("dark")).isEmpty();
    }

    private void saysThatTheServerIsGoneAndBack() throws Exception {
        service.kill();
        JsonObject gone = browser.look("gone");
        assertThat(gone.get("said").getAsString()).containsPattern("no data since \\d+ s");
        assertThat(gone.get("status").getAsString()).isEqualTo("no data");
        assertThat(gone.get("flowing").getAsInt()).isZero();

        service = startService();
        assertThat(browser.look("back").get("status").getAsString()).isNotEqualTo("no data");
    }

    private void feed(String plan) {
        add(PLANS, "plan_id", plan, "symbol", "BTCUSDT", "action", "HOLD", "decision", "SKIP", "kill_score", "0.5");
    }

    private void attack() {
        add(
                PLANS,
                "plan_id",
                HOSTILE,
                "symbol",
                HOSTILE,
                "action",
                HOSTILE,
                "decision",
                HOSTILE,
                "kill_score",
                HOSTILE);
        add("quantum:stream:harvest.proposal", "symbol", HOSTILE, "plan_id", HOSTILE, "harvest_action", HOSTILE);
        add(PLANS, HOSTILE, HOSTILE);
    }

    private void add(String stream, String... pairs) {
        String[] words = new String[pairs.length + 2];
        words[0] = stream;
        words[1] = "*";
        System.arraycopy(pairs, 0, words, 2, pairs.length);
        access.command("XADD", words).block(PATIENCE);
    }
}
