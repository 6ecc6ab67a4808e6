package io.heatwire.operators.applyplanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.lookup.KeyTemplate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyPlannerSpecTest {

    @Test
    void namesThePortsTheWiringBinds() {
        assertThat(ApplyPlannerSpec.SPEC.outputs())
                .extracting(Output::port)
                .containsExactly("plan", "result", "observed");
        assertThat(ApplyPlannerSpec.SPEC.lookUps())
                .extracting(LookUpSpec::port)
                .containsExactlyInAnyOrder(
                        "proposal",
                        "calibrated",
                        "by_plan",
                        "kill",
                        "kill_switch",
                        "dedupe",
                        "published",
                        "observed_dedupe");
        assertThat(ApplyPlannerSpec.SPEC.lookUps())
                .allSatisfy(lookUp -> assertThat(
                                KeyTemplate.parse(lookUp.template()).variables())
                        .isEqualTo(lookUp.variables()));
    }

    @Test
    void acceptsItsOwnDefaults() {
        assertThat(ApplyPlannerSpec.SPEC.settings())
                .allSatisfy(
                        setting -> assertThat(setting.parse(setting.fallback())).isNotNull());
        assertThat(PlanRun.planner(Map.of(), Map.of())).isNotNull();
    }

    @Test
    void honoursTheVariablesOfTheApplyService() {
        assertThat(ApplyPlannerSpec.SPEC.settings())
                .extracting(Setting::env)
                .contains(
                        "APPLY_MODE",
                        "SYMBOLS",
                        "APPLY_ALLOWLIST",
                        "APPLY_KILL_SWITCH",
                        "APPLY_DEDUPE_TTL_SEC",
                        "K_BLOCK_CRITICAL",
                        "K_BLOCK_WARNING",
                        "P28_HEAT_OBS_ENABLED",
                        "P28_DEDUPE_TTL_SEC",
                        "P28_MAX_DEBUG_CHARS");
    }

    @ParameterizedTest
    @CsvSource({
        "APPLY_MODE, testnet, testnet places orders",
        "APPLY_MODE, live, never places orders",
        "SYMBOLS, ' , ', no proposal would ever be planned",
        "APPLY_DEDUPE_TTL_SEC, 0, out of range",
        "APPLY_KILL_SWITCH, maybe, neither true nor false",
        "K_BLOCK_CRITICAL, nan, is not a number"
    })
    void refusesWithAWordToTheUser(String env, String value, String message) {
        assertThatThrownBy(() -> PlanRun.planner(Map.of(env, value), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
