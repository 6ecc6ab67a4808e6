package io.heatwire.contract.lookup;

import java.util.Map;

/**
 * The answers to the look-ups of one batch.
 *
 * @param answers by look-up; what was not asked for counts as missing
 */
public record Found(Map<LookUp, Answer> answers) {

    /** No answers at all: for operators that ask for nothing. */
    public static final Found NOTHING = new Found(Map.of());

    /** The answer to this look-up. */
    public Answer get(LookUp lookUp) {
        return answers.getOrDefault(lookUp, Answer.MISSING);
    }

    /** Whether the key is there, whatever it holds; a failed read counts as not there. */
    public boolean exists(LookUp lookUp) {
        Answer answer = get(lookUp);
        return !(answer instanceof Answer.Missing) && !(answer instanceof Answer.Failed);
    }
}
