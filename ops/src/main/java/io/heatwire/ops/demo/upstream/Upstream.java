package io.heatwire.ops.demo.upstream;

import io.heatwire.ops.demo.market.Book;
import io.heatwire.ops.demo.market.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything the services upstream write after a tick. The keys are theirs and stand in no wiring. */
public final class Upstream {

    private static final String SNAPSHOTS = "quantum:stream:position.snapshot";
    private static final String EQUITY_STATE = "quantum:state:portfolio";
    private static final String HEAT_STATE = "quantum:portfolio:state";
    private static final String PROPOSAL = "quantum:harvest:proposal:";
    private static final String PROPOSALS = "quantum:stream:harvest.proposal";
    private static final String CLOSES = "quantum:stream:reconcile.close";
    private static final long KEEP = 10_000;
    private static final long STATE_TTL_S = 120;

    private final HeatInputs heatInputs = new HeatInputs();
    private double peak;

    /** What is written after a tick, in order: snapshots and state before the proposals that are judged by them. */
    public List<Command> after(Book book, Instant now) {
        List<Proposal> proposals = book.positions().stream()
                .map(HarvestKernel::propose)
                .flatMap(Optional::stream)
                .toList();
        List<Command> commands = new ArrayList<>();
        book.positions().forEach(position -> commands.add(Command.xadd(SNAPSHOTS, KEEP, snapshot(position))));
        commands.add(Command.hset(EQUITY_STATE, equity(book, now)));
        commands.add(Command.expire(EQUITY_STATE, STATE_TTL_S));
        commands.add(Command.hset(HEAT_STATE, heat(book, proposals, now)));
        for (Proposal proposal : proposals) {
            String symbol = proposal.position().symbol();
            Map<String, String> fields = proposal(proposal, book, now);
            commands.add(Command.hset(PROPOSAL + symbol, fields));
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("symbol", symbol);
            entry.putAll(fields);
            commands.add(Command.xadd(PROPOSALS, KEEP, entry));
        }
        return commands;
    }

    /** The entry that says a plan's position is to be closed in reconciliation (contract section 3.7). */
    public static Command reconcileClose(String planId, String symbol, Instant now) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("plan_id", planId);
        fields.put("symbol", symbol);
        fields.put("decision", "RECONCILE_CLOSE");
        fields.put("side", "SELL");
        fields.put("qty", "0.001");
        fields.put("reduceOnly", "true");
        fields.put("type", "MARKET");
        fields.put("reason", "demo");
        fields.put("ts", Text.seconds(now));
        return Command.xadd(CLOSES, KEEP, fields);
    }

    private static Map<String, String> snapshot(Position position) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("symbol", position.symbol());
        fields.put("position_notional_usd", Text.number(position.notional()));
        fields.put("sigma", Text.number(position.sigmaDay()));
        return fields;
    }

    private Map<String, String> equity(Book book, Instant now) {
        peak = Math.max(peak, book.equity());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("equity_usd", Text.number(book.equity()));
        fields.put("timestamp", Text.seconds(now));
        fields.put("ts_utc", Text.isoMicros(now));
        fields.put("balance_usd", Text.number(book.cash()));
        fields.put("unrealized_pnl_usd", Text.number(book.unrealized()));
        fields.put("positions_count", Integer.toString(book.positions().size()));
        fields.put("positions_notional_usd", Text.number(book.gross()));
        fields.put("drawdown", Text.number(1 - book.equity() / peak));
        fields.put("source", "heatwire_demo");
        return fields;
    }

    private Map<String, String> heat(Book book, List<Proposal> proposals, Instant now) {
        double closing = proposals.stream()
                .mapToDouble(proposal -> proposal.position().notional() * proposal.closes())
                .sum();
        HeatInputs.Values values = heatInputs.next(book, closing);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ts_epoch", Text.seconds(now));
        fields.put("net_exposure_usd", Text.number(values.gross()));
        fields.put("gross_exposure_usd", Text.number(values.gross()));
        fields.put("dd_ewma_usd", Text.number(values.drawdown()));
        fields.put("lossburst_ewma_usd", Text.number(values.losses()));
        fields.put("fee_burden_ewma_usd", Text.number(values.fees()));
        fields.put("churn_ewma", Text.number(values.churn()));
        return fields;
    }

    private static Map<String, String> proposal(Proposal proposal, Book book, Instant now) {
        Position position = proposal.position();
        boolean falling = position.lastReturn() < 0;
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("harvest_action", proposal.action());
        fields.put("new_sl_proposed", proposal.closes() < 1 ? Text.number(stop(position)) : "None");
        fields.put("R_net", Text.number(proposal.rNet()));
        fields.put("risk_unit", Text.number(position.entry() * position.sigmaDay()));
        fields.put("cost_est", Text.number(position.notional() * 0.0005));
        fields.put("kill_score", Text.number(proposal.killScore()));
        fields.put("reason_codes", proposal.closes() < 1 ? "profit_lock" : "kill_score_triggered");
        fields.put("k_regime_flip", Text.number(proposal.regimeFlip()));
        fields.put("k_sigma_spike", Text.number(proposal.sigmaSpike()));
        fields.put("k_ts_drop", Text.number(proposal.trendDrop()));
        fields.put("k_age_penalty", Text.number(proposal.agePenalty()));
        fields.put("sigma", Text.number(position.sigmaDay()));
        fields.put("ts", Text.seconds(now));
        fields.put("p_trend", falling ? "0.2" : "0.5");
        fields.put("p_mr", "0.3");
        fields.put("p_chop", falling ? "0.5" : "0.2");
        fields.put("computed_at_utc", Text.isoMicros(now));
        fields.put("last_update_epoch", Text.seconds(now));
        fields.put("position_side", "LONG");
        fields.put("position_age_sec", Integer.toString(book.bars()));
        fields.put("position_current_price", Text.number(position.price()));
        fields.put("position_entry_price", Text.number(position.entry()));
        fields.put("position_unrealized_pnl", Text.number(position.unrealized()));
        return fields;
    }

    private static double stop(Position position) {
        return Math.max(position.entry(), position.price() * (1 - position.sigmaDay()));
    }
}
