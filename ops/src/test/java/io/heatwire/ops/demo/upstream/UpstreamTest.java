package io.heatwire.ops.demo.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.demo.market.Book;
import io.heatwire.ops.demo.market.Position;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpstreamTest {

    private static final Instant NOW = Instant.parse("2026-01-28T22:09:50.123456Z");
    private static final Position FALLING = new Position("BTCUSDT", 0.5, 100, 90, 0.01, 0.2, -0.05);
    private static final Position QUIET = new Position("ETHUSDT", 1, 100, 100, 0.01, 0.2, 0.001);

    private final Upstream upstream = new Upstream();

    @Test
    void writesASnapshotOfEveryPosition() {
        assertThat(commands("quantum:stream:position.snapshot"))
                .containsExactly(
                        "XADD quantum:stream:position.snapshot MAXLEN ~ 10000 * symbol BTCUSDT position_notional_usd 45.0 sigma 0.2",
                        "XADD quantum:stream:position.snapshot MAXLEN ~ 10000 * symbol ETHUSDT position_notional_usd 100.0 sigma 0.2");
    }

    @Test
    void writesEquityWithTheTimeToLiveOfThePublisher() {
        assertThat(commands("quantum:state:portfolio"))
                .containsExactly(
                        "HSET quantum:state:portfolio equity_usd 995.0 timestamp 1769638190 ts_utc 2026-01-28T22:09:50.123456"
                                + " balance_usd 1000.0 unrealized_pnl_usd -5.0 positions_count 2 positions_notional_usd 145.0"
                                + " drawdown 0.0 source heatwire_demo",
                        "EXPIRE quantum:state:portfolio 120");
    }

    @Test
    void writesTheFiveInputsOfTheHeatGate() {
        assertThat(commands("quantum:portfolio:state"))
                .singleElement()
                .asString()
                .startsWith(
                        "HSET quantum:portfolio:state ts_epoch 1769638190 net_exposure_usd 145.0 gross_exposure_usd 145.0"
                                + " dd_ewma_usd 0.0 lossburst_ewma_usd 0.0 fee_burden_ewma_usd 0.0225 churn_ewma ");
    }

    @Test
    void proposesToCloseWhatFallsAndLeavesTheRestAlone() {
        assertThat(commands("quantum:harvest:proposal:BTCUSDT"))
                .singleElement()
                .asString()
                .startsWith(
                        "HSET quantum:harvest:proposal:BTCUSDT harvest_action FULL_CLOSE_PROPOSED new_sl_proposed None R_net -0.5 ")
                .contains(
                        " kill_score 0.77 ",
                        " computed_at_utc 2026-01-28T22:09:50.123456 ",
                        " last_update_epoch 1769638190 ");
        assertThat(commands("quantum:harvest:proposal:ETHUSDT")).isEmpty();
    }

    @Test
    void putsTheSameProposalOnTheStreamWithItsSymbol() {
        assertThat(commands("quantum:stream:harvest.proposal"))
                .singleElement()
                .asString()
                .startsWith(
                        "XADD quantum:stream:harvest.proposal MAXLEN ~ 10000 * symbol BTCUSDT harvest_action FULL_CLOSE_PROPOSED ");
    }

    private List<String> commands(String key) {
        return upstream.after(new Book(0, 1, 1000, List.of(FALLING, QUIET)), NOW).stream()
                .filter(command -> command.args().get(0).equals(key))
                .map(command -> command.name() + " " + String.join(" ", command.args()))
                .toList();
    }
}
