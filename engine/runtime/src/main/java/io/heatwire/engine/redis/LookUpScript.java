package io.heatwire.engine.redis;

import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Answer.Failure;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.Entry;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Many look-ups in one round trip: thousands of waiting plans polled key by key would eat Redis. Read-only, so it runs when
 * memory is full, too.
 */
final class LookUpScript {

    /** Keys in one call at most: about a third of a millisecond of everybody's Redis. */
    static final int KEYS_PER_CALL = 500;

    static final Script SCRIPT = Script.of("""
            #!lua flags=no-writes
            local r = {}
            for i = 1, #KEYS do
            local o, v = ARGV[i], nil
            if o == 'h' then v = redis.pcall('HGETALL', KEYS[i])
            elseif o == 's' then v = redis.pcall('GET', KEYS[i])
            else v = redis.pcall('XREVRANGE', KEYS[i], '+', '-', 'COUNT', o) end
            if type(v) == 'table' and v.err then r[i] = {1, v.err} else r[i] = {0, v} end
            end
            return r
            """);

    private LookUpScript() {}

    static CommandArgs<byte[], byte[]> args(List<LookUp> lookUps) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        args.add(RedisLinks.bytes(SCRIPT.sha())).add(lookUps.size());
        lookUps.forEach(lookUp -> args.addKey(lookUp.key().getBytes(StandardCharsets.UTF_8)));
        lookUps.forEach(lookUp -> args.add(kind(lookUp).getBytes(StandardCharsets.UTF_8)));
        return args;
    }

    private static String kind(LookUp lookUp) {
        if (lookUp instanceof LookUp.Hash) {
            return "h";
        }
        return lookUp instanceof LookUp.Newest newest ? Integer.toString(newest.count()) : "s";
    }

    /** The answers in the order of the look-ups. */
    static Map<LookUp, Answer> answers(List<LookUp> lookUps, Object reply) {
        List<?> results = (List<?>) reply;
        Map<LookUp, Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < lookUps.size(); i++) {
            answers.put(lookUps.get(i), answer(lookUps.get(i), (List<?>) results.get(i)));
        }
        return answers;
    }

    private static Answer answer(LookUp lookUp, List<?> result) {
        Object value = result.size() > 1 ? result.get(1) : TreeOutput.Nil.NIL;
        if (!Long.valueOf(0).equals(result.get(0))) {
            return failed(value);
        }
        if (lookUp instanceof LookUp.Newest) {
            return entries((List<?>) value);
        }
        if (value instanceof TreeOutput.Nil || (value instanceof List<?> list && list.isEmpty())) {
            return Answer.MISSING;
        }
        try {
            return value instanceof List<?> flat ? fields(flat) : new Answer.Text(text(value));
        } catch (CharacterCodingException malformed) {
            return new Answer.Failed(Failure.NOT_UTF8, lookUp.key() + " holds bytes that are not UTF-8");
        }
    }

    private static Answer failed(Object value) {
        String error = value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "no text";
        // Inside a script the error of a wrong type has lost its leading word on some versions.
        boolean wrongType = error.startsWith("WRONGTYPE") || error.contains("wrong kind of value");
        return new Answer.Failed(wrongType ? Failure.WRONG_TYPE : Failure.REDIS_ERROR, error);
    }

    private static Answer fields(List<?> flat) throws CharacterCodingException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(text(flat.get(i)), text(flat.get(i + 1)));
        }
        return new Answer.Fields(fields);
    }

    private static Answer entries(List<?> pairs) {
        EntryDecoder decoder = new EntryDecoder(Map.of());
        List<io.heatwire.contract.event.Event> events = new ArrayList<>(pairs.size());
        int unreadable = 0;
        for (Object pair : pairs) {
            Entry entry = entry(decoder, (List<?>) pair);
            if (entry.event() == null) {
                unreadable++;
            } else {
                events.add(entry.event());
            }
        }
        return new Answer.Entries(events, unreadable);
    }

    private static Entry entry(EntryDecoder decoder, List<?> pair) {
        List<?> flat = (List<?>) pair.get(1);
        decoder.begin(flat.size() / 2);
        flat.forEach(each -> decoder.add(ByteBuffer.wrap((byte[]) each)));
        return decoder.finish(decoder.id(ByteBuffer.wrap((byte[]) pair.get(0))));
    }

    private static String text(Object bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap((byte[]) bytes))
                .toString();
    }
}
