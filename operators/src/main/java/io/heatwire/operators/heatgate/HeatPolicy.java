package io.heatwire.operators.heatgate;

import io.heatwire.operators.number.DecimalText;
import java.util.OptionalDouble;
import java.util.Set;

/** What heat does to an action: contract section 5.2, steps 6 and 8. */
final class HeatPolicy {

    /** The one action that heat moderates. */
    private static final String MODERATED = "FULL_CLOSE_PROPOSED";

    /** The actions that close a position in full; these alone are held back when failing closed. */
    private static final Set<String> FULL_CLOSES = Set.of(MODERATED, "FULL_CLOSE");

    private final HeatGateSettings settings;

    HeatPolicy(HeatGateSettings settings) {
        this.settings = settings;
    }

    /**
     * Judges an action.
     *
     * @param killScore empty when the plan has none that is a finite number: then nothing is ever held
     */
    HeatVerdict judge(String action, OptionalDouble killScore, HeatReading reading) {
        if (reading instanceof HeatReading.Known known) {
            return action.equals(MODERATED) ? moderate(known.level(), killScore) : pass(action, HeatVerdict.OK);
        }
        return unknown(action, ((HeatReading.Unknown) reading).failure());
    }

    private HeatVerdict moderate(HeatLevel level, OptionalDouble killScore) {
        return switch (level) {
            case COLD, UNKNOWN -> pass(MODERATED, HeatVerdict.OK);
            case WARM -> downgrade(settings.warmPartial());
            case HOT -> isHeld(killScore) ? hold() : downgrade(settings.hotPartial());
        };
    }

    private boolean isHeld(OptionalDouble killScore) {
        return settings.holdClose() && killScore.isPresent() && killScore.getAsDouble() < settings.holdKillMax();
    }

    private HeatVerdict unknown(String action, HeatFailure failure) {
        if (!settings.failClosed()) {
            return pass(action, failure.open());
        }
        return FULL_CLOSES.contains(action)
                ? new HeatVerdict(HeatVerdict.UNTOUCHED, HeatVerdict.NO_OPERATION, "", failure.heldBack())
                : pass(action, failure.letPass());
    }

    private static HeatVerdict pass(String action, String reason) {
        return new HeatVerdict(HeatVerdict.UNTOUCHED, action, "", reason);
    }

    private static HeatVerdict hold() {
        return new HeatVerdict(HeatVerdict.HELD, HeatVerdict.HELD_ACTION, "", HeatVerdict.OK);
    }

    private static HeatVerdict downgrade(double partial) {
        String action = "PARTIAL_" + Math.round(partial * 100) + "_PROPOSED";
        return new HeatVerdict(HeatVerdict.DOWNGRADED, action, DecimalText.write(partial), HeatVerdict.OK);
    }
}
