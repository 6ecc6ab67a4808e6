package io.heatwire.wiring.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the name somebody probably meant. */
public final class Nearest {

    /** Nobody means a known name with a text this long; comparing it would only cost time. */
    private static final int LONGEST = 64;

    private Nearest() {}

    /** The candidate with the fewest letters changed, when it is near enough to be meant. */
    public static Optional<String> to(String name, Collection<String> candidates) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = name.toLowerCase(Locale.ROOT);
        int reach = Math.max(1, name.length() / 3);
        return candidates.stream()
                .filter(candidate -> changes(wanted, candidate.toLowerCase(Locale.ROOT)) <= reach)
                .min(Comparator.<String>comparingInt(candidate -> changes(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** What to write instead: the nearest name, or all there are. */
    public static String advice(String name, Collection<String> candidates) {
        return to(name, candidates).map(near -> "write " + near).orElseGet(() -> oneOf(candidates));
    }

    /** All names there are, in order; empty when there are none. */
    public static String oneOf(Collection<String> candidates) {
        if (candidates.isEmpty()) {
            return "";
        }
        return (candidates.size() == 1 ? "write " : "write one of ") + String.join(", ", new TreeSet<>(candidates));
    }

    /** Letters added, dropped, replaced, or swapped with their neighbour. */
    private static int changes(String from, String to) {
        int[][] changes = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                changes[i][j] = i == 0 || j == 0 ? i + j : fewest(changes, from, to, i, j);
            }
        }
        return changes[from.length()][to.length()];
    }

    private static int fewest(int[][] changes, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int fewest = Math.min(
                changes[i - 1][j - 1] + (same ? 0 : 1), Math.min(changes[i - 1][j] + 1, changes[i][j - 1] + 1));
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(fewest, changes[i - 2][j - 2] + 1) : fewest;
    }
}
