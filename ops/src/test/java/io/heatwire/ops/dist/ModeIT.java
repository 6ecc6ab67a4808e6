package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** The mode of the shipped wiring's portfolio heat gate, changed under a running engine; and what surrounds that. */
final class ModeIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String GATE = "portfolio_heat_gate";
    private static final String CALIBRATED = "quantum:harvest:calibrated:BTCUSDT";

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>();
    private LocalRedis redis;
    private RedisAccess access;
    private ServiceProcess service;
    private Path wiring;
    private String text;

    @BeforeEach
    void prepare() throws Exception {
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .blockOptional(PATIENCE)
                .orElseThrow();
        for (String port :
                List.of("APPLY_METRICS", "P26_METRICS", "HEAT_METRICS", "HEAT_HEALTH", "P27_METRICS", "P27_HEALTH")) {
            environment.put(port + "_PORT", "0");
        }
        environment.put("REDIS_HOST", redis.host());
        environment.put("REDIS_PORT", Integer.toString(redis.port()));
        environment.put("REDIS_PASSWORD", redis.password());
        text = Files.readString(ServiceProcess.WIRING);
        wiring = directory.resolve("heatwire.yaml");
    }

    @AfterEach
    void stop() throws Exception {
        service.kill();
        access.close().block(PATIENCE);
        redis.close();
    }

    private void start(String... options) throws Exception {
        Files.writeString(wiring, text);
        int port = ServiceProcess.freePort();
        environment.put("HEATWIRE_HTTP_PORT", Integer.toString(port));
        command("HSET", "quantum:state:portfolio", "equity_usd", "1000");
        command(
                "XADD",
                "quantum:stream:position.snapshot",
                "*",
                "symbol",
                "BTCUSDT",
                "position_notional_usd",
                "4000",
                "sigma",
                "0.1");
        service = ServiceProcess.start(redis, port, directory, wiring, environment, options);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> service.body("/ready").contains("true"));
    }

    private Object command(String name, String... args) {
        return access.command(name, args).block(PATIENCE);
    }

    private void propose(String action, int number) {
        command(
                "XADD",
                "quantum:stream:harvest.proposal",
                "*",
                "symbol",
                "BTCUSDT",
                "action",
                action,
                "plan_id",
                "plan" + number,
                "computed_at_utc",
                "2026-11-22T15:00:00");
    }

    /** A proposal every 100 ms, until it is disposed of. */
    private Disposable proposals() {
        return Flux.interval(Duration.ofMillis(100))
                .onBackpressureDrop()
                .concatMap(
                        tick -> access.command(
                                "XADD",
                                "quantum:stream:harvest.proposal",
                                "*",
                                "symbol",
                                "BTCUSDT",
                                "action",
                                "FULL_CLOSE",
                                "plan_id",
                                "fed" + tick),
                        0)
                .subscribe();
    }

    private Run heatwire(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(Run.java(), "-jar", System.getProperty("heatwire.jar")));
        command.addAll(List.of(args));
        command.addAll(List.of("--state-dir", directory.toString()));
        return Run.of(command, environment);
    }

    private Run onWiring(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(Run.java(), "-jar", System.getProperty("heatwire.jar")));
        command.addAll(List.of(args));
        command.addAll(List.of("--wiring", wiring.toString()));
        return Run.of(command, environment);
    }

    private String sample(String name) throws Exception {
        return service.body("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .findFirst()
                .orElse("none");
    }

    @Test
    void reportsBlocksEnforcesAndGoesBack() throws Exception {
        start();
        for (int i = 0; i < 10; i++) {
            propose(i < 6 ? "FULL_CLOSE" : "PARTIAL_50", i);
        }
        await().atMost(PATIENCE)
                .until(() -> sample("p26_proposals_processed_total").equals("10"));

        Path page = directory.resolve("report.html");
        Run report = onWiring("report", "shadow", "--html", page.toString());
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.output())
                .contains("FAIL  shadow data: 1 h of 24 h; expected at least 24 hours with proposals")
                .contains("FAIL  proposals seen: 10;")
                .contains("ok    downgrade rate: 60.0 % (6 of 10); note: above 40 %")
                .contains("ok    downgraded in COLD or WARM: 60.0 % (6 of 10)")
                .contains("heat: p10 0.4000, p50 0.4000, p90 0.4000")
                .contains("HOLD: shadow data 1 h of 24 h, proposals seen 10");
        assertThat(page).content().contains("FULL_CLOSE to PARTIAL_75</th><td class=\"number\">6</td>");

        Run blocked = heatwire("mode", GATE, "enforce", "--why", "too early");
        assertThat(blocked.exitCode()).as(blocked.output()).isEqualTo(1);
        assertThat(blocked.output())
                .contains("ok    what the file says runs: yes")
                .contains("ok    consumers in place: apply_planner")
                .contains("ok    kill switch: off")
                .contains("FAIL  shadow data: 1 h of 24 h")
                .contains("blocked; nothing was changed. --force overrules this");
        assertThat(wiring).hasContent(text);

        command("SET", CALIBRATED, "somebody's text");
        Run refused = heatwire("mode", GATE, "enforce", "--force", "--why", "a key is in the way");
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(78);
        assertThat(refused.output())
                .contains("FAIL  reload: refused, generation 1: ", "L001", "rolled back: the old wiring runs again");
        assertThat(wiring).hasContent(text);
        command("DEL", CALIBRATED);

        Disposable feed = proposals();
        Run enforced = heatwire("mode", GATE, "enforce", "--force", "--why", "a test of the way");
        feed.dispose();
        assertThat(enforced.exitCode()).as(enforced.output()).isZero();
        assertThat(enforced.output())
                .contains(
                        "${P26_MODE:-shadow} is replaced by enforce: from now on P26_MODE of the environment no longer")
                .contains("ok    reload: accepted, generation 2: " + GATE + " changed; 5 untouched")
                .contains("ok    what else changed: nothing", "ok    p26_enforce_mode: 1")
                .contains("ok    next entry written: mode enforce, ")
                .containsPattern("ok {4}" + CALIBRATED + ": plan fed\\d+, TTL left \\d+ s");
        assertThat(wiring).hasContent(text.replace("mode: ${P26_MODE:-shadow}", "mode: enforce"));
        assertThat(sample("p26_enforce_mode")).isEqualTo("1");

        Run again = heatwire("mode", GATE, "enforce", "--why", "twice");
        assertThat(again.output()).contains(GATE + " runs in mode enforce already");
        assertThat(again.exitCode()).isZero();

        Run back = heatwire("rollback", "--why", "enough", "--effect", "0");
        assertThat(back.exitCode()).as(back.output()).isZero();
        assertThat(back.output()).contains("undoing mode " + GATE + " enforce of ", "ok    p26_enforce_mode: 0");
        assertThat(wiring).hasContent(text);
        assertThat(sample("p26_enforce_mode")).isEqualTo("0");
        assertThat(heatwire("rollback").output()).contains("knows no change of ", "that is not undone");

        Run ledger = heatwire("ledger", "show");
        assertThat(ledger.exitCode()).isZero();
        assertThat(ledger.output())
                .containsSubsequence(
                        "mode " + GATE + " enforce  blocked  by ",
                        "why: too early",
                        "mode " + GATE + " enforce  done  by ",
                        "why: a test of the way",
                        "mode: shadow -> enforce",
                        "rollback last change  done  by ",
                        "why: enough",
                        "mode: enforce -> shadow");

        takesABackupOnlyAsCarefully();
    }

    private void takesABackupOnlyAsCarefully() throws Exception {
        String enforcing = text.replace("mode: ${P26_MODE:-shadow}", "mode: enforce");
        String backup = Files.writeString(directory.resolve("enforcing.yaml"), enforcing)
                .toString();

        Run unexplained = heatwire("rollback", "--to", backup);
        assertThat(unexplained.exitCode()).isEqualTo(1);
        assertThat(unexplained.output()).contains("puts a stage into mode enforce: say why, with --why");

        Run blocked = heatwire("rollback", "--to", backup, "--why", "a backup");
        assertThat(blocked.exitCode()).as(blocked.output()).isEqualTo(1);
        assertThat(blocked.output()).contains("FAIL  shadow data: 1 h of 24 h", "blocked; nothing was changed");
        assertThat(wiring).hasContent(text);

        Run put = heatwire("rollback", "--to", backup, "--why", "a backup", "--force", "--effect", "0");
        assertThat(put.exitCode()).as(put.output()).isZero();
        assertThat(put.output()).contains("ok    mode the engine runs: enforce", "ok    p26_enforce_mode: 1");
        assertThat(wiring).hasContent(enforcing);
        goesBackToEnforceOnlyAsCarefully(enforcing);
    }

    private void goesBackToEnforceOnlyAsCarefully(String enforcing) throws Exception {
        Run shadow = heatwire("mode", GATE, "shadow", "--effect", "0");
        assertThat(shadow.exitCode()).as(shadow.output()).isZero();

        Run unexplained = heatwire("rollback");
        assertThat(unexplained.exitCode()).as(unexplained.output()).isEqualTo(1);
        assertThat(unexplained.output()).contains("puts a stage into mode enforce: say why, with --why");

        Run blocked = heatwire("rollback", "--why", "enforce was right");
        assertThat(blocked.exitCode()).as(blocked.output()).isEqualTo(1);
        assertThat(blocked.output())
                .contains("undoing mode " + GATE + " shadow of ")
                .contains("ok    consumers in place: apply_planner")
                .contains("FAIL  shadow data: 1 h of 24 h")
                .contains("blocked; nothing was changed. --force overrules this");
        assertThat(wiring).hasContent(text.replace("mode: ${P26_MODE:-shadow}", "mode: shadow"));
        assertThat(sample("p26_enforce_mode")).isEqualTo("0");

        Run forced = heatwire("rollback", "--why", "enforce was right", "--force", "--effect", "0");
        assertThat(forced.exitCode()).as(forced.output()).isZero();
        assertThat(forced.output()).contains("ok    p26_enforce_mode: 1");
        assertThat(wiring).hasContent(enforcing);
    }

    @Test
    void goesBackByItselfWhenTheEffectIsAFailure() throws Exception {
        start("--force");
        command("SET", CALIBRATED, "somebody's text");

        Disposable feed = proposals();
        Run run = heatwire("mode", GATE, "enforce", "--force", "--why", "a key is in the way", "--effect", "3");
        feed.dispose();

        assertThat(run.exitCode()).as(run.output()).isEqualTo(78);
        assertThat(run.output())
                .contains("ok    p26_enforce_mode: 1")
                .containsPattern("FAIL {2}p26_hash_write_fail_total: \\+\\d+; expected no more than before")
                .contains("not as it should be: putting the old file back")
                .contains("ok    what runs: the same as before")
                .contains("rolled back: the old wiring runs again");
        assertThat(wiring).hasContent(text);
        assertThat(sample("p26_enforce_mode")).isEqualTo("0");
        assertThat(Files.readString(directory.resolve("ledger.jsonl"))).contains("\"result\": \"rolled_back\"");
    }

    @Test
    void putsTheFileBackWhenTheEngineDoesNotAnswer() throws Exception {
        text = text.replace("serve: [metrics, health, ready]", "serve: [health, ready]");
        start("--only", GATE);
        seesAPlannerInAnotherEngine();
        signal("STOP");

        Run run = heatwire("mode", GATE, "enforce", "--force", "--why", "the engine hangs", "--wait", "1");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(75);
        assertThat(run.output())
                .contains(
                        "FAIL  consumers in place: not in this engine, and not seen at a listener of the wiring: apply_planner")
                .contains("FAIL  reload: no word of the engine in time")
                .contains("unconfirmed: the file is the old one again");
        assertThat(wiring).hasContent(text);
        signal("CONT");
        await().atMost(PATIENCE)
                .until(() -> Files.readString(directory.resolve("heatwire.run")).contains("outcome=unchanged"));
    }

    private void seesAPlannerInAnotherEngine() throws Exception {
        Run unseen = heatwire("mode", GATE, "enforce", "--plan", "--force-consumers");
        assertThat(unseen.output())
                .contains("ok    consumers in place: not in this engine, and not seen at a listener of the wiring:"
                        + " apply_planner, overruled by --force-consumers");

        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/metrics", exchange -> {
            byte[] body = "heatwire_stage_up{stage=\"apply_planner\"} 1\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        other.start();
        environment.put(
                "APPLY_METRICS_PORT", Integer.toString(other.getAddress().getPort()));
        Run seen = heatwire("mode", GATE, "enforce", "--plan");
        other.stop(0);
        environment.put("APPLY_METRICS_PORT", "0");
        assertThat(seen.output()).contains("ok    consumers in place: apply_planner, in another engine");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(service.process().pid()))
                .start()
                .waitFor();
    }

    @Test
    void saysThatPlacesAreMissingAndWhereToWriteMore() throws Exception {
        environment.put("P28_LATE_OBS_MAX_INFLIGHT", "2");
        start("--only", "publish_plan_post");
        for (int i = 0; i < 20; i++) {
            command(
                    "XADD",
                    "quantum:stream:apply.plan",
                    "*",
                    "plan_id",
                    "p" + i,
                    "symbol",
                    "BTCUSDT",
                    "decision",
                    "EXECUTE");
        }
        await().atMost(PATIENCE).until(() -> service.counter("p28_late_obs_dropped_total") > 0);

        Run run = onWiring("tune", "--total");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
        String line = Long.toString(Files.readString(wiring, StandardCharsets.UTF_8)
                        .lines()
                        .takeWhile(each -> !each.contains("max_inflight:"))
                        .count()
                + 1);
        assertThat(run.output())
                .contains("max_inflight: 2 -> 4")
                .contains("where: " + wiring + ":" + line + ", or P28_LATE_OBS_MAX_INFLIGHT in the environment");
        assertThat(onWiring("tune", "--over", "1s").output()).containsPattern("publish_plan_post in \\d+ s: ");
    }
}
