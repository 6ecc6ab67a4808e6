package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.operators.OperatorCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The wiring that ships says what the contract says, and takes the environment of the existing services. */
final class ShippedWiringTest {

    private static final Path SHIPPED = Path.of("../ops/etc/heatwire.yaml");

    @Test
    void loadsWithoutAProblemInAnEmptyEnvironment() {
        WiringPlan plan = load(Map.of());

        assertThat(plan.engine().stages())
                .extracting(StagePlan::name)
                .containsExactly(
                        "apply_planner",
                        "heat_gate",
                        "heat_bridge",
                        "portfolio_heat_gate",
                        "reconcile_close_consume",
                        "publish_plan_post");
        assertThat(plan.http())
                .extracting(HttpListener::port)
                .containsExactly(8043, 8056, 8068, 8069, 8070, 8071, 8090);
        assertThat(plan.http()).extracting(HttpListener::host).containsOnly("127.0.0.1");
    }

    @Test
    void runsEveryOperatorOfTheHeatChain() {
        assertThat(load(Map.of()).engine().stages())
                .extracting(stage -> stage.spec().name())
                .containsExactlyInAnyOrderElementsOf(OperatorCatalog.heatChain().stream()
                        .map(OperatorSpec::name)
                        .toList());
    }

    @Test
    void everySettingStandsAtItsDeclaredDefault() {
        for (StagePlan stage : load(Map.of()).engine().stages()) {
            for (Setting setting : stage.spec().settings()) {
                String fallback = setting.fallback();
                assertThat(fallback).as(setting.name()).isNotNull();
                assertThat(stage.config().settings().get(setting.name()))
                        .as(stage.name() + " " + setting.name())
                        .isEqualTo(setting.parse(fallback));
            }
        }
    }

    @Test
    void everyLookUpIsBoundToTheKeyItsDeclarationNames() {
        for (StagePlan stage : load(Map.of()).engine().stages()) {
            for (LookUpSpec lookUp : stage.spec().lookUps()) {
                assertThat(stage.config().key(lookUp.port()).text())
                        .as(stage.name() + " " + lookUp.port())
                        .isEqualTo(lookUp.template());
            }
        }
    }

    @Test
    void readsAndWritesTheStreamsOfTheContract() {
        EnginePlan plan = load(Map.of()).engine();
        StreamPlan.Policy retained = new StreamPlan.Policy.Keep(10_000);
        StreamPlan.Policy backpressure = new StreamPlan.Policy.Cap(100_000, 10_000);

        assertThat(plan.streams())
                .containsExactlyInAnyOrder(
                        new StreamPlan(
                                "quantum:stream:apply.plan", retained, Set.of("heat_gate", "heat_late_observer")),
                        new StreamPlan("quantum:stream:apply.result", retained),
                        new StreamPlan("quantum:stream:apply.heat.observed", retained),
                        new StreamPlan("quantum:stream:harvest.heat.decision", backpressure, Set.of("heat_bridge")),
                        new StreamPlan("quantum:stream:harvest.calibrated", backpressure));
        assertThat(sources(plan))
                .isEqualTo(Map.of(
                        "heat_gate", "quantum:stream:apply.plan heat_gate heat_gate_1",
                        "heat_bridge", "quantum:stream:harvest.heat.decision heat_bridge heat_bridge_1",
                        "portfolio_heat_gate", "quantum:stream:harvest.proposal p26_heat_gate p26_heat_gate_1",
                        "reconcile_close_consume", "quantum:stream:reconcile.close heat_reconcile heat_reconcile_1",
                        "publish_plan_post", "quantum:stream:apply.plan heat_late_observer heat_late_observer_1"));
    }

    @Test
    void aStreamWaitsForItsReadersThoughTheyRunElsewhere() {
        WiringResult gate = Wiring.load(SHIPPED, Map.of(), OperatorCatalog.all(), Set.of("heat_gate"));
        assertThat(((WiringResult.Ready) gate).plan().engine().streams())
                .contains(new StreamPlan(
                        "quantum:stream:harvest.heat.decision",
                        new StreamPlan.Policy.Cap(100_000, 10_000),
                        Set.of("heat_bridge")));
        WiringResult bridge = Wiring.load(SHIPPED, Map.of(), OperatorCatalog.all(), Set.of("heat_bridge"));
        assertThat(((WiringResult.Ready) bridge).plan().engine().streams())
                .extracting(StreamPlan::key)
                .containsExactly("quantum:stream:harvest.heat.decision");
    }

    @Test
    void everyEnvironmentNameOfAnOperatorIsTaken() throws IOException {
        String text = Files.readString(SHIPPED);
        Set<String> names = OperatorCatalog.all().stream()
                .flatMap(spec -> spec.settings().stream())
                .map(Setting::env)
                .filter(env -> !env.isEmpty())
                .collect(Collectors.toSet());
        names.addAll(List.of(
                "REDIS_HOST",
                "REDIS_PORT",
                "REDIS_DB",
                "HEAT_METRICS_PORT",
                "HEAT_HEALTH_PORT",
                "HEAT_STREAM_IN",
                "HEAT_STREAM_OUT",
                "HEAT_GROUP",
                "HEAT_CONSUMER",
                "HEAT_POLL_MS",
                "HEAT_STATE_KEY",
                "P26_POLL_SEC",
                "P26_METRICS_PORT",
                "P27_STREAM_IN",
                "P27_GROUP",
                "P27_CONSUMER",
                "P27_POLL_MS",
                "P27_BATCH",
                "P27_METRICS_PORT",
                "P27_HEALTH_PORT",
                "APPLY_POLL_SEC",
                "APPLY_METRICS_PORT",
                "P28_HEAT_OBS_STREAM",
                "P28_HEAT_LOOKUP_PREFIX"));

        assertThat(names).allSatisfy(name -> assertThat(text).containsPattern("\\$\\{" + name + ":?-"));
    }

    @Test
    void takesTheEnvironmentOfTheExistingServices() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "REDIS_HOST",
                "redis.example",
                "REDIS_PORT",
                "6380",
                "REDIS_PASSWORD",
                "s3cret",
                "SYMBOLS",
                "A,B",
                "HEAT_STREAM_IN",
                "quantum:stream:harvest.proposal",
                "HEAT_STATE_KEY",
                "my:portfolio:state",
                "HEAT_FAIL_MODE",
                "CLOSED",
                "P26_MODE",
                "enforce",
                "P28_LATE_OBS_ENABLED",
                "false"));
        environment.putAll(Map.of(
                "P28_HEAT_LOOKUP_PREFIX",
                "my:by_plan:",
                "P26_POLL_SEC",
                "3",
                "APPLY_POLL_SEC",
                "7",
                "P27_BATCH",
                "10",
                "APPLY_METRICS_PORT",
                "0",
                "HEATWIRE_HTTP_HOST",
                "0.0.0.0",
                "HEATWIRE_HTTP_TOKEN",
                "e4c1f6a09b2d",
                "HEAT_STREAM_OUT",
                "my:decisions"));

        WiringPlan plan = load(environment);
        Map<String, StagePlan> stages =
                plan.engine().stages().stream().collect(Collectors.toMap(StagePlan::name, stage -> stage));

        assertThat(plan.engine().redis().toString()).isEqualTo("redis://redis.example:6380/0");
        assertThat(plan.engine().redis().password()).isEqualTo("s3cret");
        assertThat(stages.get("apply_planner").source())
                .isEqualTo(new SourcePlan.OnInterval(7_000, "symbol", List.of("A", "B")));
        assertThat(stages.get("heat_gate").deadStream()).isEqualTo("quantum:stream:harvest.proposal:dead:heat_gate");
        assertThat(stages.get("heat_gate").config().key("state").key()).isEqualTo("my:portfolio:state");
        assertThat(stages.get("heat_gate").config().text("on_missing_inputs")).isEqualTo("closed");
        assertThat(stages.get("heat_gate").streams()).containsEntry("decision", "my:decisions");
        assertThat(sources(plan.engine()).get("heat_bridge")).startsWith("my:decisions ");
        assertThat(stages.get("heat_bridge").config().key("by_plan").key("plan_id", "x"))
                .isEqualTo("my:by_plan:x");
        assertThat(stages.get("portfolio_heat_gate").config().text("mode")).isEqualTo("enforce");
        assertThat(stages.get("publish_plan_post").config().flag("enabled")).isFalse();
        assertThat(plan.http())
                .extracting(HttpListener::port)
                .doesNotContain(8043)
                .contains(8090);
        assertThat(plan.http()).extracting(HttpListener::host).containsOnly("0.0.0.0");
    }

    @Test
    void anEmptyAllowListAllowsNothing() {
        StagePlan planner =
                load(Map.of("APPLY_ALLOWLIST", "")).engine().stages().get(0);

        assertThat(planner.name()).isEqualTo("apply_planner");
        assertThat(planner.config().list("allowlist")).isEmpty();
    }

    @Test
    void refusesADecisionStreamThatLeadsBackIntoTheProposals() {
        WiringResult result = Wiring.load(
                SHIPPED, Map.of("HEAT_STREAM_OUT", "quantum:stream:harvest.proposal"), OperatorCatalog.all());

        assertThat(result).isInstanceOf(WiringResult.Refused.class);
        assertThat(result.render()).contains("W048").contains("quantum:stream:harvest.proposal");
    }

    @Test
    void refusesAStateKeyThatHasNoneOfTheInputsOfTheHeat() {
        WiringResult result =
                Wiring.load(SHIPPED, Map.of("HEAT_STATE_KEY", "quantum:state:portfolio"), OperatorCatalog.all());

        assertThat(result).isInstanceOf(WiringResult.Refused.class);
        assertThat(result.render()).contains("W092").contains("are one key, 'quantum:state:portfolio'");
    }

    @Test
    void everyOperatorCanBeMadeFromItsPlan() {
        assertThat(load(Map.of()).engine().stages())
                .allSatisfy(stage ->
                        assertThat(stage.spec().factory().apply(stage.config())).isNotNull());
    }

    private static Map<String, String> sources(EnginePlan plan) {
        Map<String, String> sources = new TreeMap<>();
        for (StagePlan stage : plan.stages()) {
            if (stage.source() instanceof SourcePlan.FromStream source) {
                sources.put(
                        stage.name(),
                        Stream.of(source.key(), source.group(), source.consumer())
                                .collect(Collectors.joining(" ")));
            }
        }
        return sources;
    }

    private static WiringPlan load(Map<String, String> environment) {
        WiringResult result = Wiring.load(SHIPPED, environment, OperatorCatalog.all());
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        assertThat(result.render()).isEmpty();
        return ((WiringResult.Ready) result).plan();
    }
}
