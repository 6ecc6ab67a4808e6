package io.heatwire.engine.stage;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.SourcePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door of a stage: entries the operator must not see are decided here, with their reason. */
final class Intake {

    static final String TOO_MANY_DELIVERIES = "too_many_deliveries";

    private final Stage stage;
    private final List<String> required;
    private final long maxDeliveries;

    Intake(Stage stage) {
        this.stage = stage;
        this.required = stage.plan().spec().input().stream()
                .filter(FieldSpec::required)
                .map(FieldSpec::name)
                .toList();
        this.maxDeliveries =
                stage.plan().source() instanceof SourcePlan.FromStream stream ? stream.maxDeliveries() : Long.MAX_VALUE;
    }

    /** The decision about an entry the operator must not see; null when it may. */
    @Nullable
    Decided refuse(Entry entry) {
        if (entry.trouble() == Entry.Trouble.GONE) {
            // Counted by the commit, once, however often it is read before.
            return decided(
                    entry,
                    Outcome.nothing(List.of(
                            Signal.count(EngineMeters.LOST, stage.name(), "trimmed_pending"),
                            Signal.warn(() ->
                                    entry.id() + " was trimmed or deleted from the stream before it was processed"))));
        }
        Event event = entry.event();
        if (event == null) {
            return dead(entry, "unreadable:not UTF-8");
        }
        if (entry.deliveries() - stage.status().excused() > maxDeliveries) {
            return dead(entry, TOO_MANY_DELIVERIES + ":" + entry.deliveries());
        }
        for (String field : required) {
            if (!event.has(field)) {
                return dead(entry, "missing_field:" + field);
            }
        }
        return null;
    }

    /**
     * What the operator threw; errors too, such as the overflow of the stack over deeply nested text. Left alone, an error ends
     * the reactive chain without a signal, and the stage would stand still in silence.
     */
    Decided failed(Entry entry, Throwable thrown) {
        if (!stage.standsBefore(entry.id())) {
            stage.log().error("operator {} failed on {}", stage.plan().spec().name(), entry.id(), thrown);
        }
        return dead(entry, "operator_error:" + thrown);
    }

    /** An outcome of the operator that no commit can carry out. */
    Decided impossible(Decided decided, String problem) {
        if (!stage.standsBefore(decided.id())) {
            stage.log()
                    .error("operator {} decided {} so: {}", stage.plan().spec().name(), decided.id(), problem);
        }
        String reason = "operator_error:" + problem;
        Outcome dead = new Outcome.Dead(reason, onDead(decided.event(), reason));
        return new Decided(decided.id(), decided.event(), decided.deliveries(), dead);
    }

    Decided decided(Entry entry, Outcome outcome) {
        return new Decided(entry.id(), entry.event(), entry.deliveries(), outcome);
    }

    private Decided dead(Entry entry, String reason) {
        return decided(entry, new Outcome.Dead(reason, onDead(entry.event(), reason)));
    }

    /** What the operator wants recorded; what it throws here must not keep the entry from its dead letter. */
    List<Signal> onDead(@Nullable Event event, String reason) {
        try {
            return stage.operator().onDead(event, reason);
        } catch (RuntimeException | Error thrown) {
            stage.log()
                    .error(
                            "operator {} failed on a dead letter",
                            stage.plan().spec().name(),
                            thrown);
            return List.of();
        }
    }
}
