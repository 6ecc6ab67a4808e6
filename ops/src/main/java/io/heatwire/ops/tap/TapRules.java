package io.heatwire.ops.tap;

import io.heatwire.ops.look.StreamEntry;
import java.util.List;
import java.util.Map;

/**
 * What is shown.
 *
 * @param names the name of each stream by its key
 * @param matches all that an entry must have
 * @param perSecond how many are shown in a second at most
 * @param atMost how many are shown at all; 0 for no end
 * @param waitMs how long one read waits for entries, in ms
 */
public record TapRules(Map<String, String> names, List<Match> matches, int perSecond, long atMost, long waitMs) {

    String nameOf(String key) {
        return names.getOrDefault(key, key);
    }

    boolean isMetBy(StreamEntry entry) {
        return matches.stream().allMatch(match -> match.isMetBy(entry));
    }

    boolean isEnough(long shown) {
        return atMost > 0 && shown >= atMost;
    }
}
