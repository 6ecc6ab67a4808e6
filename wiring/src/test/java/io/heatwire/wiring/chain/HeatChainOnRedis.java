package io.heatwire.wiring.chain;

import io.heatwire.engine.TestRedis;
import io.heatwire.operators.planid.PlanId;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The whole shipped chain on a Redis with a hot portfolio and nothing else. */
abstract class HeatChainOnRedis {

    static final String AT = "2026-01-28T22:09:50.123456";
    static TestRedis redis;
    static VectorRedis vectors;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
        vectors = new VectorRedis(redis);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void beginWithAHotPortfolioAndNothingElse() {
        vectors.clear();
        String now = (String) ((List<?>) redis.command("TIME")).get(0);
        redis.command(
                "HSET",
                "quantum:portfolio:state",
                "ts_epoch",
                now,
                "gross_exposure_usd",
                "4000",
                "dd_ewma_usd",
                "200",
                "lossburst_ewma_usd",
                "200",
                "fee_burden_ewma_usd",
                "40",
                "churn_ewma",
                "0.8");
    }

    static void propose(String symbol, String action, String computedAt) {
        redis.command(
                "HSET",
                "quantum:harvest:proposal:" + symbol,
                "harvest_action",
                action,
                "kill_score",
                "0.35",
                "new_sl_proposed",
                "None",
                "R_net",
                "2.5",
                "last_update_epoch",
                "1769638197",
                "computed_at_utc",
                computedAt);
    }

    static String planId(String symbol, String action) {
        return PlanId.of(symbol, action, 0.35, OptionalDouble.empty(), AT);
    }
}
