package io.heatwire.engine.faults;

import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.OnGroupLost;
import io.heatwire.engine.plan.RedisPlan;
import java.util.function.UnaryOperator;

/** A part of the engine taken out, to see that the suite would notice. */
enum Sabotage {
    /** Nothing is taken out. */
    NONE(links -> links),
    /** The script applies effects whatever the acknowledgement says. */
    WITHOUT_GATE(inScript(Sabotage.GATE, "if not (ack() or true) then return 0 end")),
    /** What was delivered to this consumer before is not read again when connections were lost. */
    WITHOUT_OWN_PENDING(onLink(SabotagedLinks.WithoutOwnPending::new)),
    /** What a dead consumer left is not taken over. */
    WITHOUT_RECLAIM(onLink(SabotagedLinks.WithoutReclaim::new)),
    /** A call that Redis refuses for now is taken for done. */
    TAKES_REFUSALS_FOR_DONE(onLink(SabotagedLinks.TakesRefusalsForDone::new)),
    /** A call whose reply was lost is sent again from memory when the next connections are open. */
    RESENDS_AFTER_LOST_REPLY(SabotagedLinks.Resending::new),
    /** Scripts that the server has forgotten are not loaded again; needs the plan, see {@link #on}. */
    WITHOUT_SCRIPT_RELOAD(links -> links),
    /** The script has no header, so Redis lets it write past its memory. */
    WITHOUT_SHEBANG(inScript("#!lua\n", "")),
    /** Types of lookup keys are not looked at before the acknowledgement. */
    WITHOUT_TYPE_CHECK(inScript("true) then found = k", "true) then fine[k] = true")),
    /** Types of output streams are not looked at before the acknowledgement. */
    WITHOUT_STREAM_CHECK(inScript("if not len then", "if not len then len = 0 elseif len < 0 then")),
    /** The cap of the output stream is not looked at. */
    WITHOUT_CAP(inScript("if len > 0 and len +", "if len < 0 and len +")),
    /** The dead letter is not written. */
    WITHOUT_BURIAL(inScript("local _, failed = try(unpack(t))\nreturn failed", "return nil")),
    /** Effects first, the acknowledgement in a call of its own behind them. */
    ACKNOWLEDGES_AFTERWARDS(links -> links),
    /** Pending entries whose body is gone are passed over. */
    WITHOUT_LOSS_ACCOUNT(onLink(SabotagedLinks.WithoutGone::new)),
    /** A lost group begins again at the start of the stream. */
    FORGETS_HOW_FAR_IT_WAS(links -> (source, script) -> links.open(source.onGroupLost(OnGroupLost.EARLIEST), script)),
    /** A lost group begins again at the end of the stream. */
    BEGINS_A_LOST_GROUP_AT_THE_END(
            links -> (source, script) -> links.open(source.onGroupLost(OnGroupLost.LATEST), script)),
    /** What is no longer in the stream is not committed. */
    TAKES_IDS_FOR_GONE(
            inScript(Sabotage.GATE, "if not (#redis.call('XRANGE',K[1],id,id) > 0 and ack()) then return 0 end")),
    /** After a read that failed, nothing is opened any more. */
    GIVES_UP_AFTER_A_FAILED_READ(SabotagedLinks.GivingUp::new),
    /** The sentinels are not asked who the primary is; see the plan of the bench. */
    WITHOUT_SENTINELS(links -> links),
    /** Nobody asks whether a consumer name is in use. */
    WITHOUT_LEASE(onLink(SabotagedLinks.WithoutLease::new)),
    /** Neither gate nor lease. */
    WITHOUT_GATE_AND_LEASE(links -> WITHOUT_LEASE.between.apply(WITHOUT_GATE.between.apply(links))),
    /** Commands may take ten minutes before anybody wonders; see the plan. */
    WITHOUT_TIMEOUT(links -> links),
    /** Reads ask for a hundred times as much as they were told to. */
    READS_WITHOUT_BOUND(onLink(SabotagedLinks.Greedy::new)),
    /** Ages and deadlines go by the clock of this machine; see the clock of the bench. */
    BELIEVES_ITS_OWN_CLOCK(links -> links);

    private static final String GATE = "if not (ack()) then return 0 end";

    private final UnaryOperator<LinkFactory> between;

    Sabotage(UnaryOperator<LinkFactory> between) {
        this.between = between;
    }

    /** The same factory, sabotaged. */
    LinkFactory on(LinkFactory links, RedisPlan redis) {
        return switch (this) {
            case WITHOUT_SCRIPT_RELOAD -> new SabotagedLinks.WithoutScriptReload(links, redis);
            case ACKNOWLEDGES_AFTERWARDS ->
                new SabotagedLinks.AcknowledgesAfterwards(
                        inScript(GATE, "if not (held()) then return 0 end").apply(links), redis);
            default -> between.apply(links);
        };
    }

    /** How long a command may take in ms, where this many were wanted. */
    long timeoutMs(long wanted) {
        return this == WITHOUT_TIMEOUT ? 600_000 : wanted;
    }

    private static UnaryOperator<LinkFactory> onLink(UnaryOperator<StageLink> link) {
        return links -> (source, script) -> links.open(source, script).map(link);
    }

    private static UnaryOperator<LinkFactory> inScript(String part, String by) {
        return links -> (source, script) -> {
            String changed = script.replace(part, by);
            if (changed.equals(script)) {
                throw new IllegalStateException("not in the script any more: " + part);
            }
            return links.open(source, changed);
        };
    }
}
