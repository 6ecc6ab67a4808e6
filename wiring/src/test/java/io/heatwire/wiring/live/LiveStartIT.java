package io.heatwire.wiring.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a look at the running system keeps from starting, and what it does not. */
final class LiveStartIT extends LiveCheckOnRedis {

    @Test
    void theShippedChainOnANewServerIsKeptFromStartingByNothing() {
        LiveReport report = check(load(SHIPPED, OperatorCatalog.all(), Map.of()), redis.plan());

        assertThat(report.refusing()).isEmpty();
        assertThat(codes(report)).containsOnly("L002");
        assertThat(report.parts())
                .extracting(LiveReport.Part::name)
                .containsExactly("graph", "types", "liveness", "groups", "fields", "lookups", "server", "rights");
    }

    @Test
    void theShippedChainStartsBeforeItsOtherWritersThoughItsPlansWouldDoForTheirs() {
        redis.add(
                "quantum:stream:apply.plan",
                "plan_id",
                "1",
                "symbol",
                "BTCUSDT",
                "action",
                "HOLD",
                "decision",
                "EXECUTE");

        assertThat(check(load(SHIPPED, OperatorCatalog.all(), Map.of()), redis.plan())
                        .refusing())
                .isEmpty();
    }

    @Test
    void theShippedChainOnANewServerWithItsWritersRunningHasNoError() {
        redis.add(
                "quantum:stream:harvest.proposal",
                "symbol",
                "BTCUSDT",
                "harvest_action",
                "FULL_CLOSE_PROPOSED",
                "kill_score",
                "0.3",
                "computed_at_utc",
                "x");
        redis.add("quantum:stream:position.snapshot", "symbol", "BTCUSDT", "position_notional_usd", "1", "sigma", "1");
        redis.command("HSET", "quantum:portfolio:state", "ts_epoch", "1", "gross_exposure_usd", "1");
        redis.command("HSET", "quantum:state:portfolio", "equity_usd", "1");

        LiveReport report = check(load(SHIPPED, OperatorCatalog.all(), Map.of()), redis.plan());

        assertThat(report.findings()).noneMatch(problem -> !problem.code().isWarning());
    }

    @Test
    void aDormantStreamKeepsNobodyDownWhoHasReadItBefore() {
        redis.command("XADD", PLANS, "1700000000000-0", "plan_id", "1", "symbol", "x");
        redis.command("XGROUP", "CREATE", PLANS, "sort", "0");
        redis.command("XGROUP", "CREATE", PLANS, "file", "0");

        LiveReport report = small();

        only(report, "L003");
        assertThat(report.refusing()).isEmpty();
    }

    @Test
    void aStreamThatIsNotThereRefusesOnlyWhereAnotherWouldDo() {
        assertThat(small().refusing()).isEmpty();
        only(small(), "L002");
        redis.add("apply.plan", "plan_id", "1", "symbol", "BTCUSDT");

        LiveReport report = small();

        assertThat(only(report, "L002").instead()).startsWith("did you mean apply.plan (");
        assertThat(report.refusing()).hasSize(1);
    }
}
