package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with the shipped wiring, and event fields that try to become log lines, labels or markup. */
final class HostileFieldsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PLAN = "quantum:stream:apply.plan";
    private static final List<String> HOSTILE = List.of(
            "a\r\n[2026-11-22 00:00:00] [ERROR] [heatwire] forged",
            "\u001b[2J\u001b]0;title\u0007\u001b[31mred",
            "b\"} 1\nforged_total{x=\"y",
            "c\\\" \\n {} \"",
            "<script>alert('x')</script>",
            "${jndi:ldap://127.0.0.1/a} {} %n %msg",
            "\u202egnp.exe\u2028next",
            "d".repeat(300_000));
    /** The whole grammar of a line of the text format. */
    private static final Pattern SAMPLE = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*"
            + "(?:\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*\\})?"
            + " (?:[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|NaN|[-+]Inf)");

    private static final Pattern SYMBOL = Pattern.compile("[{,]symbol=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LOG_LINE = Pattern.compile(
            "\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] \\[(DEBUG|INFO|WARN|ERROR)] \\[[a-z_A-Z0-9]+] .*");

    private static LocalRedis redis;
    private static RedisAccess access;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(
                        new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 10_000))
                .block(PATIENCE);
    }

    @AfterAll
    static void stopRedis() {
        access.close().block(PATIENCE);
        redis.close();
    }

    @BeforeEach
    void clear() {
        command("FLUSHALL");
    }

    @Test
    void cannotBecomeLinesOfTheLogNorSamplesNorMarkup() throws Exception {
        ServiceProcess service = ServiceProcess.start(
                        redis, ServiceProcess.freePort(), directory, Map.of("HEATWIRE_LOG_LEVEL", "trace"))
                .awaitReady();
        attack(service);

        List<String> log = service.output().lines().toList();
        assertThat(log).hasSizeGreaterThan(HOSTILE.size()).allSatisfy(line -> {
            assertThat(line).matches(LOG_LINE).hasSizeLessThan(13_000).doesNotContain(redis.password());
            assertThat(line.codePoints().noneMatch(Character::isISOControl)).isTrue();
        });
        assertThat(log)
                .noneMatch(line -> line.contains("] [heatwire] forged") && line.startsWith("[2026-11-22 00:00:00]"));
        service.kill();
    }

    @Test
    void staysOneObjectOnEachLineOfAJsonLog() throws Exception {
        ServiceProcess service = ServiceProcess.start(
                        redis, ServiceProcess.freePort(), directory, Map.of("HEATWIRE_LOG_FORMAT", "json"))
                .awaitReady();
        attack(service);

        assertThat(service.output().lines())
                .hasSizeGreaterThan(HOSTILE.size())
                .allSatisfy(line ->
                        assertThat(JsonParser.parseString(line).isJsonObject()).isTrue());
        service.kill();
    }

    @Test
    void countsSymbolsBeyondTheBoundAsOther() throws Exception {
        ServiceProcess service = ServiceProcess.start(redis, ServiceProcess.freePort(), directory, Map.of())
                .awaitReady();
        int before = samples(service).size();
        command(
                "EVAL",
                "for n = 1, 10000 do redis.call('XADD', KEYS[1], '*', 'plan_id', 'p' .. n, 'symbol', 'SYM' .. n,"
                        + " 'action', 'HOLD', 'decision', 'SKIP', 'kill_score', '0.5') end",
                "1",
                PLAN);
        await().atMost(PATIENCE).until(() -> service.counter("p27_in_messages_total") == 10_000);

        List<String> samples = samples(service);
        Set<String> symbols = new TreeSet<>();
        samples.forEach(sample -> {
            Matcher symbol = SYMBOL.matcher(sample);
            if (symbol.find()) {
                symbols.add(symbol.group(1));
            }
        });
        assertThat(symbols).contains("other").hasSizeBetween(500, 510);
        assertThat(samples).hasSizeLessThan(before + 1200);
        service.kill();
    }

    private void attack(ServiceProcess service) throws Exception {
        for (String value : HOSTILE) {
            add(PLAN, "plan_id", value, "symbol", value, "action", value, "decision", value, "kill_score", value);
            add("quantum:stream:harvest.proposal", "symbol", value, "plan_id", value, "harvest_action", value);
            add("quantum:stream:reconcile.close", "plan_id", value, "symbol", value, "decision", "RECONCILE_CLOSE");
        }
        add(PLAN, "plan_id", "good", "symbol", "BTCUSDT", "action", "HOLD", "decision", "SKIP");
        await().atMost(PATIENCE)
                .until(() -> Long.valueOf(1).equals(command("EXISTS", "quantum:harvest:heat:by_plan:good")));
        await().atMost(PATIENCE).until(() -> service.counter("heatwire_entries_read_total") >= 4L * HOSTILE.size() + 2);

        assertThat(samples(service)).noneMatch(sample -> sample.startsWith("forged"));
        String health = service.body("/health");
        JsonObject answer = JsonParser.parseString(health).getAsJsonObject();
        assertThat(answer.getAsJsonArray("stages"))
                .isNotEmpty()
                .allSatisfy(stage -> assertThat(
                                stage.getAsJsonObject().get("status").getAsString())
                        .isEqualTo("ok"));
        assertThat(health).doesNotContain("<", redis.password());
    }

    /** Every line of the scrape parsed; the lines that are samples. */
    private static List<String> samples(ServiceProcess service) throws Exception {
        List<String> samples = new ArrayList<>();
        for (String line : service.body("/metrics").lines().toList()) {
            assertThat(line.codePoints().noneMatch(Character::isISOControl))
                    .as(line)
                    .isTrue();
            if (!line.startsWith("# HELP ") && !line.startsWith("# TYPE ")) {
                assertThat(line).matches(SAMPLE).hasSizeLessThan(600);
                samples.add(line);
            }
        }
        return samples;
    }

    private static void add(String stream, String... pairs) {
        List<String> words = new ArrayList<>(List.of(stream, "*"));
        words.addAll(List.of(pairs));
        command("XADD", words.toArray(new String[0]));
    }

    private static Object command(String name, String... words) {
        return access.command(name, words).block(PATIENCE);
    }
}
