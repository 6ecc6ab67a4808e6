package io.heatwire.wiring.live;

import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.wiring.check.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/** Finds some keys of each template: one pass of SCAN over at most 20 x 1000 keys of the server, never KEYS. */
final class KeySweep {

    static final int CALLS = 20;
    static final String COUNT = "1000";
    private static final int SAMPLE = 20;

    private final Map<String, Pattern> patterns = new LinkedHashMap<>();
    private final Map<String, List<String>> found = new LinkedHashMap<>();

    private KeySweep() {}

    static KeySweep of(List<Resource> resources) {
        KeySweep sweep = new KeySweep();
        for (Resource resource : resources) {
            if (!resource.template().variables().isEmpty()) {
                sweep.patterns.put(resource.identity(), pattern(resource.template()));
                sweep.found.put(resource.identity(), new ArrayList<>());
            }
        }
        return sweep;
    }

    /** Keys by what they are of. */
    Mono<Map<String, List<String>>> run(Probe probe) {
        return (patterns.isEmpty() ? Mono.<Void>empty() : page(probe, "0", 1)).thenReturn(found);
    }

    private Mono<Void> page(Probe probe, String cursor, int call) {
        return probe.ask("SCAN", cursor, "COUNT", COUNT).flatMap(reply -> {
            List<?> parts = Replies.list(reply);
            if (parts.size() < 2) {
                return Mono.empty();
            }
            Replies.list(parts.get(1)).forEach(key -> take(String.valueOf(key)));
            String next = String.valueOf(parts.get(0));
            return next.equals("0") || call >= CALLS || isFull() ? Mono.empty() : page(probe, next, call + 1);
        });
    }

    private void take(String key) {
        patterns.forEach((identity, pattern) -> {
            List<String> keys = found.get(identity);
            if (keys != null && keys.size() < SAMPLE && pattern.matcher(key).matches()) {
                keys.add(key);
            }
        });
    }

    private boolean isFull() {
        return found.values().stream().allMatch(keys -> keys.size() >= SAMPLE);
    }

    /** A variable is one or more characters other than a colon, as everywhere. */
    private static Pattern pattern(KeyTemplate template) {
        StringBuilder pattern = new StringBuilder(Pattern.quote(template.parts().get(0)));
        for (int i = 1; i < template.parts().size(); i++) {
            pattern.append("[^:]+").append(Pattern.quote(template.parts().get(i)));
        }
        return Pattern.compile(pattern.toString());
    }
}
