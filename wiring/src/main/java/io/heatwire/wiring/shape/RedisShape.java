package io.heatwire.wiring.shape;

import io.heatwire.wiring.graph.RedisWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads where Redis is. */
final class RedisShape {

    private static final Set<String> OWN = Set.of(
            "host", "port", "database", "username", "password", "password_file", "sentinel", "command_timeout_ms");
    static final Set<String> KEYS =
            Stream.concat(OWN.stream(), TlsShape.KEYS.stream()).collect(Collectors.toUnmodifiableSet());

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]+");

    private RedisShape() {}

    static RedisWire read(Section redis) {
        return new RedisWire(
                host(redis, "host", "localhost"),
                (int) redis.integer("port", 1, 65_535, 6379),
                (int) redis.integer("database", 0, 65_535, 0),
                LoginShape.read(redis),
                TlsShape.read(redis),
                SentinelShape.read(redis),
                redis.integer("command_timeout_ms", 100, 600_000, 5_000));
    }

    /** A host name or address; an address with a user and password in it is refused without being shown. */
    static String host(Section section, String key, String otherwise) {
        Word host = section.text(key, otherwise);
        if (!host.isMissing() && !HOST.matcher(host.text()).matches()) {
            section.findings()
                    .add(
                            ProblemCode.BAD_VALUE,
                            host.place(),
                            section.name(key) + " is not a host name or address",
                            "write the name alone, without redis:// and without the port");
        }
        return host.text();
    }
}
