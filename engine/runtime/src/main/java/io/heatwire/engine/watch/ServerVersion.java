package io.heatwire.engine.watch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says it is.
 *
 * @param product redis or valkey
 * @param version its version, for example 7.0.15
 * @param major the first number of the version it is compatible with
 */
public record ServerVersion(String product, String version, int major) {

    /** The oldest that runs scripts with a header, which the commit needs. */
    public static final int OLDEST_MAJOR = 7;

    private static final Pattern REDIS = Pattern.compile("(?m)^redis_version:(\\d+)(\\.[^\\r\\n]*)?");
    private static final Pattern VALKEY = Pattern.compile("(?m)^valkey_version:(\\d+)(\\.[^\\r\\n]*)?");

    /** Reads the answer of INFO server. */
    public static ServerVersion read(String info) {
        Matcher valkey = VALKEY.matcher(info);
        if (valkey.find()) {
            return of("valkey", valkey);
        }
        Matcher redis = REDIS.matcher(info);
        return redis.find() ? of("redis", redis) : new ServerVersion("unknown", "unknown", 0);
    }

    private static ServerVersion of(String product, Matcher found) {
        String rest = found.group(2) == null ? "" : found.group(2);
        return new ServerVersion(product, found.group(1) + rest, Integer.parseInt(found.group(1)));
    }

    /** Whether the commit script runs there. */
    public boolean isSuitable() {
        return major >= OLDEST_MAJOR;
    }

    @Override
    public String toString() {
        return product + " " + version;
    }
}
