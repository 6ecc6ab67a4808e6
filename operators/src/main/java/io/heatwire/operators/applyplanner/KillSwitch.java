package io.heatwire.operators.applyplanner;

import io.heatwire.contract.lookup.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The big red switch: a setting or a key in Redis. What cannot be read counts as pulled. */
enum KillSwitch {
    /** Plans go ahead. */
    OFF,
    /** Someone pulled it. */
    ON,
    /** A key could not be read, so nobody knows. */
    UNREADABLE;

    private static final Set<String> ON_WORDS = Set.of("1", "true", "yes", "on");

    static KillSwitch of(boolean setting, List<Answer> keys) {
        if (setting || keys.stream().anyMatch(KillSwitch::isOn)) {
            return ON;
        }
        return keys.stream().anyMatch(Answer.Failed.class::isInstance) ? UNREADABLE : OFF;
    }

    private static boolean isOn(Answer key) {
        return key instanceof Answer.Text word
                && ON_WORDS.contains(word.text().strip().toLowerCase(Locale.ROOT));
    }
}
