package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where heatwire trace looks, how far, and what it makes of odd entries and odd words. */
final class TraceSearchIT extends TraceOnTheBench {

    @Test
    void saysWhereItLookedForAnIdThatNobodyKnows() {
        bench.add(PLANS, "plan_id", "other");
        assertThat(trace("nobody\u001b[2J")).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("apply_plan: 1 entries looked at", "heat_decision: is not there", "looked at key " + BY_PLAN)
                .doesNotContain("\u001b");
        assertThat(lastLine())
                .startsWith("nothing is known of plan_id nobody\\u001b[2J: looked at 1 entries of 8 streams");
    }

    @Test
    void saysWhenItStoppedLooking() {
        bench.add(PLANS, "plan_id", "early", "symbol", "BTCUSDT", "action", "HOLD");
        for (int i = 0; i < 300; i++) {
            bench.add(PLANS, "plan_id", "late" + i);
        }
        assertThat(trace("early", "--scan", "100")).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("apply_plan: 100 entries looked at; stopped there, --scan looks further");
        assertThat(trace("early")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("arrived  apply_plan", "heat_gate at apply_plan");
        assertThat(trace("early", "--since", "1ms")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("nothing is known of");
    }

    @Test
    void anInputThatIsNoStreamIsNamed() {
        bench.command("SET", PLANS, "in the way");
        assertThat(trace("p1")).isEqualTo(1);
        assertThat(bench.out.toString()).contains("apply_plan: is a string, not a stream");
    }

    @Test
    void whateverAProducerWroteDoesNoHarm() {
        bench.command(
                "EVAL",
                "redis.call('XADD', KEYS[1], '*', 'plan_id', 'p1', 'decision', '\\27[2J\\255\\r\\n', '\\255', '')",
                "1",
                PLANS);
        assertThat(trace("p1")).isEqualTo(1);
        assertThat(bench.out.toString().replace("\n", ""))
                .matches(text -> text.codePoints().noneMatch(Character::isISOControl));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws IOException {
        for (String[] args : new String[][] {
            {"p", "--since", "soon"}, {"p", "--scan", "0"}, {""}, {"p", "--since", "0s"}, {"p\ufffd"}
        }) {
            assertThat(trace(args)).as(String.join(" ", args)).isEqualTo(64);
        }
        assertThat(bench.err.toString()).contains("did not arrive as text: it is not UTF-8");
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "heatwire: 2\n");
        assertThat(bench.run(wrong, "trace", "p")).isEqualTo(78);
        String port = bench.environment.put("REDIS_PORT", "1");
        assertThat(trace("p")).isEqualTo(69);
        bench.environment.put("REDIS_PORT", String.valueOf(port));
    }
}
