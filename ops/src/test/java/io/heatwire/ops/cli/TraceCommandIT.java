package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** heatwire trace on the shipped wiring: a good plan, and the ways in which one can break off. */
final class TraceCommandIT extends TraceOnTheBench {

    @Test
    void tellsTheWholeStoryOfAGoodPlan() {
        proposal();
        startEngine();
        String plan = planId();
        length(OBSERVED, 2);

        assertThat(trace(plan)).as(bench.out.toString()).isZero();
        assertThat(bench.out.toString())
                .containsSubsequence(
                        "created  apply_planner",
                        "early look-up missed  heat_observed",
                        "published (decision=",
                        "decision (",
                        "key written (TTL left 1",
                        "late observation found at +")
                .containsPattern("\\+\\d+ ms +decision ")
                .contains("marker set (TTL left ", "heat_bridge at heat_decision", ": read and settled");
        assertThat(lastLine()).startsWith("complete: every stage");

        assertThat(trace(plan, "--format", "json")).isZero();
        JsonObject json = JsonParser.parseString(bench.out.toString()).getAsJsonObject();
        assertThat(json.get("complete").getAsBoolean()).isTrue();
        assertThat(json.getAsJsonArray("stages")).hasSize(3);
    }

    @Test
    void saysWhoHasItWhenTheGateDoesNotRun() {
        proposal();
        startEngine("apply_planner", "publish_plan_post");
        String plan = planId();
        length(OBSERVED, 2);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_gate has never read it: apply_plan has no group heat_gate");
        assertThat(bench.out.toString()).contains("late observation missed (timeout) at +");

        bench.command("XGROUP", "CREATE", PLANS, "heat_gate", "0");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_gate has not read it yet: its group stands at 0-0");

        bench.command("XREADGROUP", "GROUP", "heat_gate", "gone", "STREAMS", PLANS, ">");
        bench.command("XREADGROUP", "GROUP", "heat_gate", "gone", "STREAMS", PLANS, "0");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("heat_gate has it pending since ")
                .contains(" s, delivered 2 times, last to consumer gone");
    }

    @Test
    void saysThatTheBridgeDoesNotRunOrWroteNothing() {
        proposal();
        startEngine("apply_planner", "heat_gate", "publish_plan_post");
        String plan = planId();
        length(DECISIONS, 1);
        length(OBSERVED, 2);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_bridge has never read it: heat_decision has no group heat_bridge");

        bench.command("XGROUP", "CREATE", DECISIONS, "heat_bridge", "$");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine()).startsWith("heat_bridge has read past it and wrote no by_plan: ");
    }

    @Test
    void saysThatAKeyIsGoneBeforeItsTime() {
        proposal();
        startEngine();
        String plan = planId();
        length(OBSERVED, 2);
        bench.command("DEL", BY_PLAN + plan);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .isEqualTo("heat_bridge has read past it and wrote no by_plan: " + BY_PLAN + plan
                        + " is not there, and its life of 1800 s is not over; deleted, or never written");
    }

    @Test
    void aKeyThatHasExpiredIsNoFault() {
        bench.environment.putAll(
                Map.of("P27_TTL_PLAN_SEC", "3", "P27_DEDUPE_TTL_SEC", "1", "P28_LATE_OBS_MAX_WAIT_MS", "1000"));
        proposal();
        startEngine();
        String plan = planId();
        length(OBSERVED, 2);
        await().atMost(CommandBench.PATIENCE)
                .until(() -> bench.command("EXISTS", BY_PLAN + plan).equals(0L));
        assertThat(trace(plan)).as(bench.out.toString()).isZero();
        assertThat(lastLine()).contains("complete", "the key by_plan has expired: it lives 3 s");
    }

    @Test
    void showsTheDeadLetterOfTheStageThatRefusedIt() {
        proposal();
        bench.command("SET", "quantum:harvest:heat:BTCUSDT", "in the way");
        startEngine("apply_planner", "heat_gate");
        String plan = planId();
        length(PLANS + ":dead:heat_gate", 1);
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("heat_gate refused it: dead letter ")
                .contains("wrong_type:quantum:harvest:heat:BTCUSDT", "heatwire dead show heat_gate ");
        assertThat(bench.out.toString()).contains("dead letter (wrong_type:quantum:harvest:heat:BTCUSDT)  heat_gate");
    }

    @Test
    void namesEachOfTwoStagesThatRefusedIt() {
        startEngine("heat_gate", "publish_plan_post");
        bench.add(PLANS, "plan_id", "p1", "action", "HOLD");
        length(PLANS + ":dead:heat_gate", 1);
        length(PLANS + ":dead:publish_plan_post", 1);
        assertThat(trace("p1")).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("heat_gate refused it: dead letter ")
                .contains("; publish_plan_post refused it: dead letter ", "heatwire dead show publish_plan_post ");
    }

    @Test
    void aPlanOfAnotherProgramHasArrivedAndWasNotCreatedByThePlanner() {
        bench.add(PLANS, "plan_id", "p1", "symbol", "BTCUSDT", "action", "HOLD", "decision", "EXECUTE");
        trace("p1");
        assertThat(bench.out.toString())
                .contains("arrived  apply_plan")
                .doesNotContain("created", "apply_planner", "published");
    }

    @Test
    void saysThatAnEntryWasTrimmedAwayUnread() {
        proposal();
        startEngine("apply_planner");
        String plan = planId();
        drain();
        bench.command("XTRIM", PLANS, "MAXLEN", "0");
        assertThat(trace(plan)).isEqualTo(1);
        assertThat(lastLine())
                .startsWith("its entry in apply_plan has been trimmed away, and heat_gate wrote no heat_decision");
    }
}
