package io.heatwire.wiring.check;

import io.heatwire.contract.lookup.KeyTemplate;
import java.util.ArrayList;
import java.util.List;

/** The keys a template can stand for: a variable is one or more characters other than a colon. */
final class KeyPattern {

    /** Longer parts are compared by their text only, so that no file makes the comparison last. */
    private static final int LONGEST = 64;

    private static final char ANY = '\uFFFE';
    private static final char MORE = '\uFFFF';

    private final List<String> segments;

    private KeyPattern(List<String> segments) {
        this.segments = segments;
    }

    static KeyPattern of(Resource resource) {
        KeyTemplate template = resource.template();
        StringBuilder pattern = new StringBuilder(template.parts().get(0));
        for (int i = 0; i < template.variables().size(); i++) {
            pattern.append(ANY).append(MORE).append(template.parts().get(i + 1));
        }
        List<String> segments = new ArrayList<>();
        for (String segment : pattern.toString().split(":", -1)) {
            segments.add(segment);
        }
        return new KeyPattern(segments);
    }

    /** Whether there is a key that both can stand for. */
    boolean canMeet(KeyPattern other) {
        if (segments.size() != other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!canMeet(segments.get(i), other.segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean canMeet(String one, String other) {
        boolean isPlain = one.indexOf(ANY) < 0 && other.indexOf(ANY) < 0;
        if (isPlain || one.length() > LONGEST || other.length() > LONGEST) {
            return one.equals(other);
        }
        boolean[][] meet = new boolean[one.length() + 1][other.length() + 1];
        for (int i = one.length(); i >= 0; i--) {
            for (int j = other.length(); j >= 0; j--) {
                meet[i][j] = canMeet(one, other, i, j, meet);
            }
        }
        return meet[0][0];
    }

    /** Whether the rests from here can meet, when all shorter rests are known. */
    private static boolean canMeet(String one, String other, int i, int j, boolean[][] meet) {
        boolean atEnd = i == one.length();
        boolean otherAtEnd = j == other.length();
        if (atEnd && otherAtEnd) {
            return true;
        }
        if (!atEnd && one.charAt(i) == MORE) {
            return meet[i + 1][j] || (!otherAtEnd && meet[i][j + 1]);
        }
        if (!otherAtEnd && other.charAt(j) == MORE) {
            return meet[i][j + 1] || (!atEnd && meet[i + 1][j]);
        }
        return !atEnd && !otherAtEnd && fit(one.charAt(i), other.charAt(j)) && meet[i + 1][j + 1];
    }

    private static boolean fit(char one, char other) {
        return one == other || one == ANY || other == ANY;
    }
}
