package io.heatwire.contract.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operator decided for one event. Committed in one atomic step with the acknowledgement of the entry. */
public sealed interface Outcome {

    /**
     * Apply these groups, in order.
     *
     * @param once a guard over everything; when it says duplicate no group is applied
     * @param signals recorded when the entry was committed and the guard let it through
     * @param ifDuplicate recorded instead when the guard said duplicate
     */
    record Apply(@Nullable Once once, List<Group> groups, List<Signal> signals, List<Signal> ifDuplicate)
            implements Outcome {}

    /**
     * Refuse the event: it goes to the stage's dead-letter stream with all its fields.
     *
     * @param reason a short stable word, with detail behind a colon: {@code missing_field:plan_id}
     * @param signals recorded when the dead letter was written
     */
    record Dead(String reason, List<Signal> signals) implements Outcome {}

    /** Effects and signals without any guard. */
    static Outcome apply(List<Effect> effects, List<Signal> signals) {
        return new Apply(null, List.of(Group.of(effects, List.of())), signals, List.of());
    }

    /** Effects behind one guard. */
    static Outcome once(Once once, List<Effect> effects, List<Signal> signals, List<Signal> ifDuplicate) {
        return new Apply(once, List.of(Group.of(effects, List.of())), signals, ifDuplicate);
    }

    /** Nothing to write: the entry is acknowledged and the signals are recorded. */
    static Outcome nothing(List<Signal> signals) {
        return new Apply(null, List.of(), signals, List.of());
    }

    /** Refuse the event. */
    static Outcome dead(String reason, Signal... signals) {
        return new Dead(reason, List.of(signals));
    }
}
