package io.heatwire.engine.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import java.util.List;

/**
 * What a person should look at when no connection comes about. The libraries report it in words of their own, which are matched
 * here; what is not known gets no advice, and keeps its own words.
 */
final class ConnectAdvice {

    /** Words of a failure, and what to check. The first that is found counts. */
    private record Known(String words, String advice) {}

    private static final List<Known> ALL = List.of(
            new Known(
                    "WRONGPASS",
                    "check the user name and the password (of redis, or of its sentinels if it is they that refuse)"),
            new Known(
                    "NOAUTH",
                    "a password is needed (redis.password or redis.password_file; of the sentinels if it is they that refuse)"),
            new Known(
                    "without any password configured",
                    "the server has no password for this user; leave redis.password out, or name the user"),
            new Known("NOPERM", "the user lacks a right; docs/security.md lists those it needs"),
            new Known(
                    "CertificateExpiredException",
                    "the certificate of the server, or one above it, has expired; it must be renewed there"),
            new Known(
                    "CertificateNotYetValidException",
                    "the certificate of the server is not valid yet; compare the clocks of both machines"),
            new Known(
                    "No subject alternative",
                    "the certificate of the server does not name this host; check redis.host, or have the certificate made"
                            + " out for it"),
            new Known(
                    "No name matching",
                    "the certificate of the server does not name this host; check redis.host, or have the certificate made"
                            + " out for it"),
            new Known(
                    "unable to find valid certification path",
                    "the certificate of the server is signed by nobody who is trusted; check redis.tls_ca"),
            new Known(
                    "signature check failed", "the certificate of the server is not signed by redis.tls_ca; check it"),
            new Known("Path does not chain", "the certificate of the server is not signed by redis.tls_ca; check it"),
            new Known(
                    "alert: certificate_expired",
                    "the server finds our certificate expired; renew the one in redis.tls_cert"),
            new Known("alert: ", "the server refuses our certificate; check redis.tls_cert and redis.tls_key"),
            new Known(
                    "not an SSL/TLS record",
                    "the server does not speak TLS at this port; check redis.tls and the port"),
            new Known(
                    "Connection closed prematurely",
                    "the server hung up at once; it may speak TLS only (redis.tls), or have too many clients"),
            new Known(
                    "Connection reset",
                    "the server hung up at once; it may speak TLS only (redis.tls), or have too many clients"),
            new Known(
                    "handshake timed out",
                    "the server does not answer in TLS; it may not speak it at this port: check redis.tls and the port"),
            new Known(
                    "initialization timed out",
                    "something listens there and does not answer as Redis does; check redis.tls and the port"),
            new Known(
                    "ClosedChannelException",
                    "the server hung up while the connection was made; check redis.tls and the port"),
            new Known(
                    "Cannot provide redisAddress using sentinel",
                    "the sentinels know no primary of this name; check redis.sentinel.master"),
            new Known("UnknownHostException", "this host name is not known; check redis.host"),
            new Known("UnresolvedAddressException", "this host name is not known; check redis.host"),
            new Known("Connection refused", "nothing listens there; check the host and the port, and that it runs"));

    private ConnectAdvice() {}

    /** What to check, to be put behind the failure; empty when there is no advice, or the connection was there before. */
    static String on(Throwable failure) {
        boolean isAnswer = failure instanceof RedisCommandExecutionException;
        if (!isAnswer && !(failure instanceof RedisConnectionException)) {
            return "";
        }
        for (Known known : ALL) {
            for (Throwable each = failure; each != null; each = Causes.behind(each)) {
                if (each.toString().contains(known.words())) {
                    return known.advice();
                }
            }
        }
        return "";
    }
}
