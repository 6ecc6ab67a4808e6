package io.heatwire.contract.effect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Effects that belong together, behind one guard or none.
 *
 * @param once the guard; null when the effects are applied whenever the outcome is
 * @param signals recorded when the effects were applied
 * @param ifDuplicate recorded instead when the guard said they had been applied before
 */
public record Group(@Nullable Once once, List<Effect> effects, List<Signal> signals, List<Signal> ifDuplicate) {

    /** Effects without a guard. */
    public static Group of(List<Effect> effects, List<Signal> signals) {
        return new Group(null, effects, signals, List.of());
    }
}
