package io.heatwire.wiring.chain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Writes what a recorded case gives into Redis, byte for byte: a value that is no UTF-8 is an object with its base64. */
final class VectorRedis {

    /** Arguments arrive as hex digits, since the client of the tests speaks text only. */
    private static final String RAW = "local t = {} for i = 1, #ARGV do t[i] = ARGV[i]:gsub('%x%x', "
            + "function(h) return string.char(tonumber(h, 16)) end) end return redis.call(unpack(t))";

    private final TestRedis redis;
    private long lastMs;
    private long seq;

    VectorRedis(TestRedis redis) {
        this.redis = redis;
    }

    /** Forgets everything. */
    void clear() {
        redis.command("FLUSHALL");
        lastMs = 0;
        seq = 0;
    }

    /** A command as recorded. */
    void run(List<JsonElement> words) {
        run(words.stream().map(VectorRedis::bytes));
    }

    /** A command of plain words. */
    void runWords(List<String> words) {
        run(words.stream().map(word -> word.getBytes(StandardCharsets.UTF_8)));
    }

    private void run(Stream<byte[]> words) {
        List<String> call = new ArrayList<>(List.of(RAW, "0"));
        words.map(HexFormat.of()::formatHex).forEach(call::add);
        redis.command("EVAL", call.toArray(new String[0]));
    }

    /** Puts a hash, if it has any field. */
    void hash(String key, JsonObject fields) {
        if (fields.size() > 0) {
            run(words("HSET", key, fields).stream());
        }
    }

    /**
     * Appends an entry as its writer did at that time.
     *
     * @param atMs the time in its id; moved on where entries of a test are appended out of order
     * @return the ms of its id
     */
    long append(String stream, long atMs, JsonObject fields) {
        seq = atMs > lastMs ? 1 : seq + 1;
        lastMs = Math.max(lastMs, atMs);
        append(stream, new EntryId(lastMs, seq), fields);
        return lastMs;
    }

    /** Appends an entry now. */
    void append(String stream, JsonObject fields) {
        List<byte[]> words = words("XADD", stream, fields);
        words.add(2, "*".getBytes(StandardCharsets.UTF_8));
        run(words.stream());
    }

    /** Appends an entry under this id. */
    void append(String stream, EntryId id, JsonObject fields) {
        List<byte[]> words = words("XADD", stream, fields);
        words.add(2, id.toString().getBytes(StandardCharsets.UTF_8));
        run(words.stream());
    }

    private static List<byte[]> words(String command, String key, JsonObject fields) {
        List<byte[]> words = new ArrayList<>();
        words.add(command.getBytes(StandardCharsets.UTF_8));
        words.add(key.getBytes(StandardCharsets.UTF_8));
        fields.entrySet().forEach(field -> {
            words.add(field.getKey().getBytes(StandardCharsets.UTF_8));
            words.add(bytes(field.getValue()));
        });
        return words;
    }

    private static byte[] bytes(JsonElement value) {
        return value.isJsonObject()
                ? Base64.getDecoder().decode(value.getAsJsonObject().get("b64").getAsString())
                : value.getAsString().getBytes(StandardCharsets.UTF_8);
    }
}
