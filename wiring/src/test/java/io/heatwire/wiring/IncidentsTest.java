package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.Related;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The heat chain as it stood on the day of each incident: refused for the right reason, with both ends of the broken wire. */
final class IncidentsTest {

    private static final Path INCIDENTS = Path.of("src/test/resources/incidents");

    @Test
    void theChainAsItShouldHaveBeenGivesNoFinding() {
        WiringResult result = load("healthy", OperatorCatalog.all());

        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        assertThat(result.render()).isEmpty();
    }

    @Test
    void aDormantStreamIsRefusedWhereItIsReadAndWhereThePlansGoUnread() {
        WiringResult.Refused refused = refused("1-dormant-stream", OperatorCatalog.all());

        only(refused, "W082", "W084");
        bothEnds(refused, "W084", "    in: harvest_proposal", "  harvest_proposal: {");
        bothEnds(refused, "W082", "    out: { plan: apply_plan", "    in: harvest_proposal");
        assertThat(refused.render()).contains("write in: apply_plan at stage heat_gate");
    }

    @Test
    void aRedirectedOutputIsRefusedAtTheReaderThatStarves() {
        WiringResult.Refused refused = refused("1-redirected-output", OperatorCatalog.all());

        only(refused, "W080", "W087");
        bothEnds(refused, "W080", "    in: heat_decision", "  heat_decision: {");
        bothEnds(refused, "W087", "    out: { decision: harvest_proposal }", "  harvest_proposal: {");
    }

    @Test
    void aStreamOnOneSideAndAHashOnTheOtherAreRefused() {
        WiringResult.Refused refused = refused("2-stream-and-hash", asOfJanuary27());

        only(refused, "W097");
        bothEnds(refused, "W097", "      calibrated: calibrated", "    out: { calibrated: harvest_calibrated }");
    }

    @Test
    void anObserverThatLooksBeforeTheKeyCanExistIsRefused() {
        WiringResult.Refused refused = refused("3-early-observer", OperatorCatalog.all());

        only(refused, "W096");
        bothEnds(refused, "W096", "      by_plan: by_plan", "    keys: { by_plan: by_plan, latest");
        assertThat(refused.render())
                .contains("apply_planner -> apply_plan -> heat_gate -> heat_decision -> heat_bridge -> by_plan");
    }

    @Test
    void aStateWithoutAnyOfTheInputsIsRefused() {
        WiringResult.Refused refused = refused("4-no-common-field", OperatorCatalog.all());

        only(refused, "W094");
        bothEnds(refused, "W094", "    keys: { state: portfolio_state", "    fields: [equity_usd");
    }

    @Test
    void aGuardThatOutlivesItsKeyIsRefused() {
        WiringResult.Refused refused = refused("5-guard-and-life", OperatorCatalog.all());

        only(refused, "W100");
        Problem problem = problem(refused, "W100");
        assertThat(at(refused, problem.place())).startsWith("3600");
        assertThat(problem.related())
                .singleElement()
                .satisfies(life -> assertThat(at(refused, life.place())).startsWith("1800"));
    }

    @Test
    void aPrefixThatMissesTheWritersIsRefusedWithTheNearestRightName() {
        WiringResult.Refused refused = refused("5-prefix", OperatorCatalog.all());

        only(refused, "W080", "W089");
        bothEnds(refused, "W080", "    keys: { by_plan: by_plan_late", "    keys: { by_plan: by_plan, latest");
        assertThat(problem(refused, "W080").instead()).isEqualTo("write by_plan");
    }

    /** On that day the portfolio heat gate wrote no hash. */
    private static List<OperatorSpec> asOfJanuary27() {
        return OperatorCatalog.all().stream()
                .map(spec -> spec.name().equals("portfolio_heat_gate") ? withoutHashes(spec) : spec)
                .toList();
    }

    private static OperatorSpec withoutHashes(OperatorSpec spec) {
        return new OperatorSpec(
                spec.name(),
                spec.summary(),
                spec.kind(),
                spec.input(),
                spec.settings().stream()
                        .filter(setting -> setting.times().stream()
                                .noneMatch(timing -> timing.port().equals("calibrated_hash")))
                        .toList(),
                spec.outputs().stream()
                        .filter(output -> !(output instanceof Output.ToHash))
                        .toList(),
                spec.lookUps(),
                spec.meters(),
                spec.duties(),
                spec.check(),
                spec.factory());
    }

    private static WiringResult load(String incident, List<OperatorSpec> catalog) {
        return Wiring.load(INCIDENTS.resolve(incident + ".yaml"), Map.of(), catalog);
    }

    private static WiringResult.Refused refused(String incident, List<OperatorSpec> catalog) {
        WiringResult result = load(incident, catalog);
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Refused.class);
        return (WiringResult.Refused) result;
    }

    private static void only(WiringResult.Refused refused, String... codes) {
        assertThat(refused.problems())
                .as(refused.render())
                .extracting(problem -> problem.code().id())
                .containsOnly(codes);
    }

    private static Problem problem(WiringResult.Refused refused, String code) {
        return refused.problems().stream()
                .filter(problem -> problem.code().id().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static void bothEnds(WiringResult.Refused refused, String code, String near, String far) {
        Problem problem = problem(refused, code);
        assertThat(line(refused, problem.place())).as(refused.render()).startsWith(near);
        assertThat(problem.related())
                .as(refused.render())
                .extracting(Related::place)
                .anySatisfy(place -> assertThat(line(refused, place)).startsWith(far));
    }

    private static String line(WiringResult.Refused refused, Place place) {
        return refused.source().lines().get(place.line() - 1);
    }

    private static String at(WiringResult.Refused refused, Place place) {
        return line(refused, place).substring(place.column() - 1);
    }
}
