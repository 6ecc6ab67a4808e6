package io.heatwire.engine.watch;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import reactor.core.publisher.Mono;

/** The two scripts of the watch. Each is loaded when Redis does not know it. */
final class LookScript {

    /** KEYS: stream, saved offset. ARGV: group. All facts of one moment, as names and values; nothing while the group is missing. */
    private static final String LOOK = """
            #!lua flags=no-writes
            local function facts(flat)
            local t = {}
            for i = 1, #flat, 2 do t[flat[i]] = flat[i + 1] end
            return t
            end
            local stream = facts(redis.call('XINFO', 'STREAM', KEYS[1]))
            local group
            for _, row in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
            local t = facts(row)
            if t.name == ARGV[1] then group = t end
            end
            if not group then return {} end
            local delivered = group['last-delivered-id']
            local unread = redis.call('XRANGE', KEYS[1], '(' .. delivered, '+', 'COUNT', 1)[1]
            local oldest = group.pending > 0 and redis.call('XPENDING', KEYS[1], ARGV[1])[2]
            local first = stream['first-entry']
            local saved = redis.pcall('HMGET', KEYS[2], 'settled', 'base', 'account')
            if saved.err then saved = {} end
            return {'length', stream.length, 'added', stream['entries-added'], 'last', stream['last-generated-id'],
            'deleted', stream['max-deleted-entry-id'], 'first', first and first[1] or '', 'delivered', delivered,
            'read', group['entries-read'] or '', 'pending', group.pending, 'lag', group.lag or '',
            'oldest', oldest or '', 'unread', unread and unread[1] or '',
            'settled', saved[1] or '', 'base', saved[2] or '', 'account', saved[3] or ''}
            """;

    /** KEYS: saved offset. ARGV: the account as it was seen, as it is to be. Whoever comes first writes; 1 for that one, else 0. */
    private static final String WRITE = """
            #!lua flags=allow-oom
            if (redis.call('HGET', KEYS[1], 'account') or '') ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'account', ARGV[2])
            return 1
            """;

    private LookScript() {}

    static Mono<Object> look(ControlLink link, String stream, String offsetKey, String group) {
        return run(link, LOOK, List.of("2", stream, offsetKey, group));
    }

    /** Whether this was the first to write it. */
    static Mono<Boolean> write(ControlLink link, String offsetKey, String seen, String account) {
        return run(link, WRITE, List.of("1", offsetKey, seen, account))
                .map(reply -> Long.valueOf(1).equals(reply));
    }

    /** Runs a script by its digest. */
    static Mono<Object> run(ControlLink link, String text, List<String> args) {
        List<String> call = new ArrayList<>(List.of(sha(text)));
        call.addAll(args);
        Mono<Object> once = link.command("EVALSHA", call.toArray(new String[0]));
        return once.onErrorResume(
                LinkException.class,
                failure -> failure.code().equals("NOSCRIPT")
                        ? link.command("SCRIPT", "LOAD", text).then(once)
                        : Mono.error(failure));
    }

    private static String sha(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
