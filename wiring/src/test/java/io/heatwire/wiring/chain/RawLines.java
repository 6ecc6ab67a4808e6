package io.heatwire.wiring.chain;

import io.heatwire.engine.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Entries as {@code redis-cli --raw} prints them, and the awk that operators pipe them into. */
final class RawLines {

    /** The value of a field in the first entry of a stream, as hex digits. */
    static final String FIRST_VALUE_AS_HEX = "local f = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1][2] "
            + "for i = 1, #f, 2 do if f[i] == ARGV[1] then return (f[i + 1]:gsub('.', "
            + "function(c) return string.format('%02x', string.byte(c)) end)) end end";

    private RawLines() {}

    /** The lines of {@code XREVRANGE stream + - COUNT count}. */
    static List<String> newest(TestRedis redis, String stream, int count) {
        List<String> lines = new ArrayList<>();
        flatten(redis.command("XREVRANGE", stream, "+", "-", "COUNT", Integer.toString(count)), lines);
        return lines;
    }

    private static void flatten(Object reply, List<String> lines) {
        if (reply instanceof List<?> list) {
            list.forEach(each -> flatten(each, lines));
        } else {
            lines.add(String.valueOf(reply));
        }
    }

    /** What awk makes of the lines. */
    static List<String> awk(String program, List<String> lines) {
        try {
            Process awk =
                    new ProcessBuilder("awk", program).redirectErrorStream(true).start();
            try (var in = awk.getOutputStream()) {
                in.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return new String(awk.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException noAwk) {
            throw new UncheckedIOException(noAwk);
        }
    }
}
