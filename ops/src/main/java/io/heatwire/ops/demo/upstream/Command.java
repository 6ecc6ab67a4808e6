package io.heatwire.ops.demo.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One Redis command. */
public record Command(String name, List<String> args) {

    /** The arguments as an array. */
    public String[] arguments() {
        return args.toArray(new String[0]);
    }

    static Command hset(String key, Map<String, String> fields) {
        return new Command("HSET", with(List.of(key), fields));
    }

    static Command xadd(String stream, long keep, Map<String, String> fields) {
        return new Command("XADD", with(List.of(stream, "MAXLEN", "~", Long.toString(keep), "*"), fields));
    }

    static Command expire(String key, long seconds) {
        return new Command("EXPIRE", List.of(key, Long.toString(seconds)));
    }

    private static List<String> with(List<String> head, Map<String, String> fields) {
        List<String> args = new ArrayList<>(head);
        fields.forEach((name, value) -> {
            args.add(name);
            args.add(value);
        });
        return List.copyOf(args);
    }
}
