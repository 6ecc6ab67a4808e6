package io.heatwire.wiring.chain;

import static io.heatwire.wiring.chain.LiveChain.DECISION;
import static io.heatwire.wiring.chain.LiveChain.OBSERVED;
import static io.heatwire.wiring.chain.LiveChain.PATIENCE;
import static io.heatwire.wiring.chain.LiveChain.PLAN;
import static io.heatwire.wiring.chain.LiveChain.PROPOSAL;
import static io.heatwire.wiring.chain.LiveChain.RECONCILE;
import static io.heatwire.wiring.chain.LiveChain.SNAPSHOT;
import static io.heatwire.wiring.chain.LiveChain.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.engine.Engine;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.live.Rights;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The shipped wiring as the user of docs/security.md: everything it does is granted, and what is granted is used. */
class LeastRightsIT {

    private static final Path DOCUMENT = Path.of("../docs/security.md");
    private static final Pattern RULES = Pattern.compile("(?s)```\nACL SETUSER heatwire (reset on >PASSWORD.*?)\n```");
    /** Granted for a lost group, for consumers that nobody uses, and for dead letters put back by hand: not all of it happens here. */
    private static final Set<String> RARE =
            Set.of("exists", "xinfo|consumers", "xgroup|setid", "xgroup|destroy", "xgroup|delconsumer", "xdel");

    private static final String PASSWORD = "of-the-least-user";
    private static final Map<String, String> ENV =
            Map.of("SYMBOLS", "BTCUSDT", "APPLY_POLL_SEC", "1", "P26_MODE", "enforce");

    @Test
    void runsWithTheRightsOfTheDocumentAndNoOthers() throws IOException {
        runsWith(rules());
    }

    @Test
    void runsWithTheRightsThatArePrintedAndNoOthers() {
        try (TestRedis redis = TestRedis.start()) {
            Rights rights = Rights.of(((WiringResult.Ready) LiveStage.load(redis, ENV, Set.of()))
                    .plan()
                    .engine());
            List<String> rules = new ArrayList<>(List.of("reset", "on", ">PASSWORD"));
            rules.addAll(rights.keyRules());
            rules.addAll(rights.commandRules());
            assertThat(rights.setUser("heatwire")).isEqualTo("ACL SETUSER heatwire " + String.join(" ", rules));
            runsWith(rules);
        }
    }

    private static void runsWith(List<String> rules) {
        try (TestRedis redis = TestRedis.start()) {
            setUser(redis, rules);
            redis.command("HSET", "quantum:state:portfolio", "equity_usd", "1000");
            redis.command("HSET", "quantum:portfolio:state", "ts_epoch", "1", "gross_exposure_usd", "4000");
            leaveSomethingBehind(redis);
            redis.command("CONFIG", "RESETSTAT");
            runAndFeed(redis);
            assertThat(look(redis)).as("what the look at it finds").noneMatch(id -> id.startsWith("L05"));
            redis.command("XGROUP", "DESTROY", DECISION, "heat_bridge");
            runAndFeed(redis);

            assertThat(refusals(redis)).as("what Redis refused").isEmpty();
            assertThat(granted(rules)).as("what is granted is used").isSubsetOf(used(redis));
            assertThat(redis.number("XLEN", PLAN + ":dead:heat_gate")).isEqualTo(2);
            assertThat(redis.number("XLEN", DECISION)).as("trimmed").isLessThan(150);
        }
    }

    @Test
    void mayDoNothingElse() throws IOException {
        try (TestRedis redis = TestRedis.start()) {
            setUser(redis, rules());
            RedisAccess user = RedisAccess.connect(as(redis.plan())).block(PATIENCE);
            try {
                for (String[] command : new String[][] {
                    {"FLUSHALL"},
                    {"CONFIG", "GET", "requirepass"},
                    {"KEYS", "*"},
                    {"ACL", "LIST"},
                    {"DEL", "another:key"},
                    {"SET", "quantum:orders", "x"},
                    {"GET", "another:key"},
                    {"EVAL", "return 1", "0"},
                    {"SHUTDOWN"},
                }) {
                    assertThatThrownBy(() -> user.command(command[0], Arrays.copyOfRange(command, 1, command.length))
                                    .block(PATIENCE))
                            .as(String.join(" ", command))
                            .hasMessageContaining("NOPERM");
                }
            } finally {
                user.close().block(PATIENCE);
            }
        }
    }

    private static List<String> look(TestRedis redis) {
        RedisAccess user = RedisAccess.connect(as(redis.plan())).block(PATIENCE);
        try {
            return ((WiringResult.Ready) LiveStage.load(redis, ENV, Set.of()))
                    .plan().live().run(user, PATIENCE).block(PATIENCE).findings().stream()
                            .map(found -> found.code().id())
                            .toList();
        } finally {
            user.close().block(PATIENCE);
        }
    }

    private static void leaveSomethingBehind(TestRedis redis) {
        redis.command("XGROUP", "CREATE", PLAN, "heat_gate", "0", "MKSTREAM");
        plan(redis, "left-behind");
        redis.command("XREADGROUP", "GROUP", "heat_gate", "gone", "STREAMS", PLAN, ">");
    }

    private static void runAndFeed(TestRedis redis) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EnginePlan plan = quicker(LiveStage.load(redis, ENV, Set.of()), as(redis.plan()));
        Engine engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
        until(() -> engine.health().ready() || !refusals(redis).isEmpty());
        assertThat(refusals(redis)).as("what Redis refused at the start").isEmpty();
        redis.command(
                "HSET",
                Stream.concat(Stream.of("quantum:harvest:proposal:BTCUSDT"), Stream.of(proposal()))
                        .toArray(String[]::new));
        redis.add(SNAPSHOT, "symbol", "BTCUSDT", "position_notional_usd", "400", "sigma", "1");
        redis.add(PROPOSAL, proposal());
        redis.add(RECONCILE, "plan_id", "left-behind", "symbol", "BTCUSDT", "decision", "RECONCILE_CLOSE");
        redis.add(PLAN, "symbol", "a plan without an id");
        for (int n = 0; n < 200; n++) {
            plan(redis, "plan-" + System.nanoTime());
        }
        until(() -> plan.stages().stream()
                .map(StagePlan::source)
                .filter(SourcePlan.FromStream.class::isInstance)
                .allMatch(source -> GroupState.isDone(redis, (SourcePlan.FromStream) source)));
        until(() -> redis.number("XLEN", OBSERVED) > 0 && redis.number("XLEN", DECISION) < 150);
        assertThat(engine.health().stages())
                .allSatisfy(stage -> assertThat(stage.error()).isEmpty())
                .extracting(StageHealth::epochs)
                .containsOnly(1L);
        assertThat(engine.drain().block(PATIENCE).inTime()).isTrue();
    }

    private static String[] proposal() {
        return new String[] {
            "symbol",
            "BTCUSDT",
            "harvest_action",
            "FULL_CLOSE_PROPOSED",
            "kill_score",
            "0.35",
            "new_sl_proposed",
            "None",
            "computed_at_utc",
            "2026-01-28T22:09:50." + System.nanoTime() % 1_000_000,
            "sigma",
            "0.02"
        };
    }

    private static void plan(TestRedis redis, String id) {
        redis.add(PLAN, "plan_id", id, "symbol", "BTCUSDT", "action", "HOLD", "decision", "SKIP");
    }

    /** The shipped plan as this user, with so little patience and room that taking over and trimming happen at once. */
    private static EnginePlan quicker(WiringResult loaded, RedisPlan redis) {
        EnginePlan plan = ((WiringResult.Ready) loaded).plan().engine();
        List<StreamPlan> streams = plan.streams().stream()
                .map(stream -> stream.policy() instanceof StreamPlan.Policy.Cap
                        ? new StreamPlan(stream.key(), new StreamPlan.Policy.Cap(5_000, 10))
                        : stream)
                .toList();
        List<StagePlan> stages =
                plan.stages().stream().map(LeastRightsIT::impatient).toList();
        return new EnginePlan(redis, streams, stages, plan.drainMs()).watchedBy(plan.watch());
    }

    private static StagePlan impatient(StagePlan stage) {
        return stage.source() instanceof SourcePlan.FromStream from
                ? new StagePlan(
                        stage.name(),
                        stage.spec(),
                        stage.config(),
                        new SourcePlan.FromStream(
                                from.key(),
                                from.group(),
                                from.consumer(),
                                from.batch(),
                                from.blockMs(),
                                400,
                                from.maxDeliveries(),
                                from.aliases()),
                        stage.streams(),
                        stage.deadStream(),
                        stage.deadKeep())
                : stage;
    }

    private static RedisPlan as(RedisPlan plan) {
        return new RedisPlan(plan.host(), plan.port(), 0, "heatwire", PASSWORD, false, 3000);
    }

    private static void setUser(TestRedis redis, List<String> rules) {
        String[] words = Stream.concat(Stream.of("SETUSER", "heatwire"), rules.stream())
                .map(word -> word.replace(">PASSWORD", ">" + PASSWORD))
                .toArray(String[]::new);
        assertThat(redis.command("ACL", words)).isEqualTo("OK");
    }

    private static List<String> rules() throws IOException {
        Matcher rules = RULES.matcher(Files.readString(DOCUMENT));
        assertThat(rules.find()).as("docs/security.md has the rules").isTrue();
        return List.of(rules.group(1).split("\\s+"));
    }

    private static List<String> refusals(TestRedis redis) {
        return ((List<?>) redis.command("ACL", "LOG"))
                .stream()
                        .map(entry -> (List<?>) entry)
                        .map(entry ->
                                entry.get(entry.indexOf("reason") + 1) + " " + entry.get(entry.indexOf("object") + 1))
                        .toList();
    }

    private static Set<String> granted(List<String> rules) {
        return rules.stream()
                .filter(rule -> rule.startsWith("+"))
                .map(rule -> rule.substring(1))
                .filter(command -> !RARE.contains(command))
                .collect(Collectors.toSet());
    }

    private static Set<String> used(TestRedis redis) {
        return String.valueOf(redis.command("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .map(line -> line.substring("cmdstat_".length(), line.indexOf(':')))
                .collect(Collectors.toSet());
    }
}
