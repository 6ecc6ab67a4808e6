package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.OnGroupLost;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WiringTest {

    private static final Path GOOD = Path.of("src/test/resources/good.yaml");
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @TempDir
    private Path dir;

    @Test
    void assemblesEverythingTheFileSays() throws IOException {
        EnginePlan plan = ready(GOOD, NO_ENVIRONMENT, Set.of()).engine();

        assertThat(plan.redis().toString()).isEqualTo("redis://localhost:6379/0");
        assertThat(plan.drainMs()).isEqualTo(10_000);
        assertThat(plan.idleConsumerMs()).isEqualTo(3_600_000);
        assertThat(plan.streams()).containsExactly(new StreamPlan("my:sorted", new StreamPlan.Policy.Keep(1000)));
        StagePlan stage = plan.stages().get(0);
        assertThat(stage.name()).isEqualTo("sort");
        assertThat(stage.spec()).isSameAs(SmallCatalog.SORTER);
        assertThat(stage.streams()).containsExactly(Map.entry("sorted", "my:sorted"));
        assertThat(stage.deadStream()).isEqualTo("my:plans:dead:sort");
        assertThat(stage.deadKeep()).isEqualTo(10_000);
        assertThat(stage.source())
                .isEqualTo(new SourcePlan.FromStream(
                        "my:plans", "sort", "sort_1", 100, 500, 30_000, 16, Map.of("sorter_action", "action")));
        assertThat(stage.config().integer("limit_sec")).isEqualTo(600);
        assertThat(stage.config().key("shadow").key("symbol", "BTCUSDT")).isEqualTo("my:shadow:BTCUSDT");
        assertThat(stage.config().key("recent").key()).isEqualTo("my:plans");
    }

    @Test
    void aStageSaysWhatBecomesOfItsGroupWhenItIsLost() throws IOException {
        Path file = file(good().replace("    in: plans\n", "    in: plans\n    on_group_lost: Stop\n"));

        SourcePlan source =
                ready(file, NO_ENVIRONMENT, Set.of()).engine().stages().get(0).source();

        assertThat(((SourcePlan.FromStream) source).onGroupLost()).isEqualTo(OnGroupLost.STOP);
    }

    @Test
    void aPolledStageTicksForEachItemOfItsList() throws IOException {
        Path file = file(good() + "  tick:\n    operator: ticker\n    every_s: 5\n    out: { plan: sorted }\n"
                + "    settings: { symbols: [BTCUSDT, SOLUSDT] }\n");

        StagePlan tick =
                ready(file, NO_ENVIRONMENT, Set.of("tick")).engine().stages().get(0);

        assertThat(tick.source()).isEqualTo(new SourcePlan.OnInterval(5_000, "symbol", List.of("BTCUSDT", "SOLUSDT")));
        assertThat(tick.deadStream()).isEqualTo("tick:dead");
    }

    @Test
    void runsOnlyTheStagesThatWereAskedForAndOpensOnlyTheirListeners() throws IOException {
        Path file = file(good() + "  tick:\n    operator: ticker\n    out: { plan: sorted }\n"
                + "http:\n  - { port: 1, stages: [sort] }\n  - { port: 2, stages: [tick], serve: [health, ready] }\n"
                + "  - { port: 3, serve: metrics }\n  - { port: 0 }\n");

        WiringPlan plan = ready(file, NO_ENVIRONMENT, Set.of("tick"));

        assertThat(plan.engine().stages()).extracting(StagePlan::name).containsExactly("tick");
        assertThat(plan.http())
                .containsExactly(
                        new HttpListener("127.0.0.1", 2, Set.of(Serves.HEALTH, Serves.READY), List.of("tick")),
                        new HttpListener("127.0.0.1", 3, Set.of(Serves.METRICS), List.of()));
    }

    @Test
    void aStageThatIsSwitchedOffIsCheckedButDoesNotRun() throws IOException {
        String off = "  tick:\n    operator: ticker\n    enabled: ${TICK:-false}\n    out: { plan: sorted }\n";

        assertThat(ready(file(good() + off), NO_ENVIRONMENT, Set.of()).engine().stages())
                .hasSize(1);
        assertThat(ready(file(good() + off), Map.of("TICK", "yes"), Set.of())
                        .engine()
                        .stages())
                .hasSize(2);
        assertThat(Wiring.load(file(good() + off.replace("sorted", "nothing")), NO_ENVIRONMENT, SmallCatalog.ALL))
                .isInstanceOf(WiringResult.Refused.class);
    }

    @Test
    void anInputMayBeNamedByItsKey() throws IOException {
        Path file = file(good().replace("in: plans", "in: ${STREAM_IN:-my:plans}"));

        StagePlan stage =
                ready(file, NO_ENVIRONMENT, Set.of()).engine().stages().get(0);

        assertThat(stage.deadStream()).isEqualTo("my:plans:dead:sort");
    }

    @Test
    void oneLoadFindsEveryProblemInTheOrderOfTheFile() throws IOException {
        Path file = file(good().replace("keep: 1000", "kep: 1000")
                .replace("type: value", "type: vlaue")
                .replace("operator: sorter", "operator: sorter\n    batch: 0\n    settings: { low: 2, mode: x }"));

        WiringResult.Refused refused = (WiringResult.Refused) Wiring.load(file, NO_ENVIRONMENT, SmallCatalog.ALL);

        assertThat(refused.problems())
                .extracting(problem -> problem.code().id() + "@" + problem.line())
                .containsExactly("W046@4", "W020@4", "W023@8", "W023@13", "W031@14", "W031@14");
    }

    @Test
    void aSecretIsNeverShown() throws IOException {
        String[] files = {
            "redis: { port: x, password: hunter2, tls: maybe }",
            "redis: { password: \"hunter2 \\\" hunter2\", port: x }",
            "redis:\n  password: >\n    hunter2\n    hunter2: : [\n",
            "redis:\n  password: [hunter2]\n",
            "redis:\n  pasword: hunter2\n",
            "redis: { password: \"${X:=hunter2}\" }",
            "redis: { password: \"${X:-${hunter2}}\" }",
            "redis: { password: 'hunter2",
            "redis: { password: hunter2 ] }",
            "redis: { host: redis://me:hunter2@example }",
            "redis:\n  password:\n    hunter2:\n      - 1\n",
            "redis: { password: \"${SECRET}\", port: x }",
        };
        for (String file : files) {
            WiringResult result =
                    Wiring.load(file("heatwire: 1\n" + file), Map.of("SECRET", "hunter2"), SmallCatalog.ALL);
            assertThat(result).isInstanceOf(WiringResult.Refused.class);
            assertThat(result.render()).as(file).doesNotContain("hunter2");
            assertThat(result.toString()).as(file).doesNotContain("hunter2");
        }
    }

    @Test
    void thePasswordReachesThePlanAndNoText() throws IOException {
        Path file = file(good() + "redis: { password: \"${SECRET:-}\", username: \"${NOBODY:-}\" }\n");

        EnginePlan plan = ready(file, Map.of("SECRET", "hunter2"), Set.of()).engine();

        assertThat(plan.redis().password()).isEqualTo("hunter2");
        assertThat(plan.redis().username()).isNull();
        assertThat(plan.toString()).doesNotContain("hunter2");
    }

    private WiringPlan ready(Path file, Map<String, String> environment, Set<String> only) {
        WiringResult result = Wiring.load(file, environment, SmallCatalog.ALL, only);
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return ((WiringResult.Ready) result).plan();
    }

    private static String good() throws IOException {
        return Files.readString(GOOD);
    }

    private Path file(String text) throws IOException {
        Path file = Files.createTempFile(dir, "wiring", ".yaml");
        return Files.writeString(file, text);
    }
}
