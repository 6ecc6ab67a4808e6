package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heatwire.engine.TestRedis;
import io.heatwire.operators.portfolioheatgate.PortfolioGateCase;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.VectorFields;
import io.heatwire.wiring.WiringResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded cases of the portfolio heat gate through the shipped stage on a real Redis. */
class PortfolioGateVectorIT {

    private static final String STAGE = "portfolio_heat_gate";
    private static final int PLAIN_CASES = 36;
    private static final String PROPOSALS = "quantum:stream:harvest.proposal";
    private static final String SNAPSHOTS = "quantum:stream:position.snapshot";
    private static final String STATE = "quantum:state:portfolio";
    private static final String CALIBRATED = "quantum:stream:harvest.calibrated";

    private static TestRedis redis;
    private static VectorRedis vectors;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
        vectors = new VectorRedis(redis);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @TestFactory
    Stream<DynamicTest> calibratesInRedisAsRecordedOrAsTheDeparturesSay() {
        return VectorSample.tests(
                "portfolio_gate.jsonl",
                PLAIN_CASES,
                PortfolioGateVectorIT::isExpressible,
                vector -> check(vector, new PortfolioGateCase(vector)));
    }

    /** The wiring takes an empty variable for an absent one. */
    private static boolean isExpressible(GoldenVectors.Case vector) {
        return !new PortfolioGateCase(vector).env().containsValue("");
    }

    private static void check(GoldenVectors.Case vector, PortfolioGateCase given) {
        WiringResult wiring = LiveStage.load(redis, given.env(), STAGE);
        if (given.mustBeRefused()) {
            assertThat(wiring).isInstanceOf(WiringResult.Refused.class);
            return;
        }
        vectors.clear();
        List<JsonObject> proposals = VectorFields.objects(given.given(), "proposals");
        prepare(vector, given, proposals);
        try (LiveStage stage = LiveStage.start(redis, LiveStage.plan(wiring), vector::nowMs)) {
            if (redis.command("TYPE", CALIBRATED).equals("string")) {
                stage.waitsFor("BADKEY");
                assertThat(redis.pending(PROPOSALS, "p26_heat_gate")).isEqualTo(proposals.size());
                redis.command("DEL", CALIBRATED);
            }
            stage.settles(proposals.size());
            given.verify(stage.world());
        }
    }

    private static void prepare(GoldenVectors.Case vector, PortfolioGateCase given, List<JsonObject> proposals) {
        if (given.given().get("state").isJsonObject()) {
            vectors.hash(STATE, given.given().getAsJsonObject("state"));
        }
        VectorFields.objects(given.given(), "snapshots")
                .forEach(snapshot -> vectors.append(SNAPSHOTS, vector.nowMs(), snapshot));
        redis.command("XGROUP", "CREATE", PROPOSALS, "p26_heat_gate", "0", "MKSTREAM");
        for (int i = 0; i < proposals.size(); i++) {
            vectors.append(PROPOSALS, given.entryId(i), proposals.get(i));
        }
        VectorFields.commands(given.given().get("pre_commands")).forEach(vectors::runWords);
    }
}
