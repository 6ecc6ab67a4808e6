package io.heatwire.contract.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name somebody probably meant. */
final class Spelling {

    private static final int LONGEST = 40;

    private Spelling() {}

    /** The nearest of the names as an advice; empty when none is near. */
    static String advice(String word, Collection<String> names) {
        return nearest(word, names).map(name -> "write " + name).orElse("");
    }

    private static Optional<String> nearest(String word, Collection<String> names) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        int reach = Math.max(1, word.length() / 3);
        return names.stream()
                .filter(name -> changes(word, name) <= reach)
                .min(Comparator.<String>comparingInt(name -> changes(word, name))
                        .thenComparing(name -> name));
    }

    private static int changes(String from, String to) {
        int[] before = new int[to.length() + 1];
        for (int j = 0; j < before.length; j++) {
            before[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] now = new int[before.length];
            now[0] = i;
            for (int j = 1; j < now.length; j++) {
                boolean same = Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
                now[j] = Math.min(before[j - 1] + (same ? 0 : 1), 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[to.length()];
    }
}
