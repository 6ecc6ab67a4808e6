package io.heatwire.wiring.shape;

import io.heatwire.wiring.credential.PemFile;
import io.heatwire.wiring.graph.TlsWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.ProblemCode;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads how to speak TLS. */
final class TlsShape {

    static final Set<String> KEYS = Set.of("tls", "tls_ca", "tls_cert", "tls_key");

    private TlsShape() {}

    static @Nullable TlsWire read(Section redis) {
        Word authority = file(redis, "tls_ca");
        Word certificate = file(redis, "tls_cert");
        Word key = file(redis, "tls_key");
        boolean isOn = redis.flag("tls", false);
        Stream.of(authority, certificate, key)
                .filter(file -> !isOn && !file.isMissing())
                .findFirst()
                .ifPresent(file -> redis.findings()
                        .add(
                                ProblemCode.BAD_VALUE,
                                file.place(),
                                redis.title() + " names files for TLS, and tls is not true",
                                "write tls: true, or leave the files out"));
        togetherOrNot(redis, "tls_key", certificate, key);
        togetherOrNot(redis, "tls_cert", key, certificate);
        return isOn
                ? new TlsWire(all(redis, "tls_ca", authority), all(redis, "tls_cert", certificate), key(redis, key))
                : null;
    }

    private static Word file(Section redis, String name) {
        return new Word(redis.optional(name), redis.placeOf(name));
    }

    private static void togetherOrNot(Section redis, String missing, Word there, Word other) {
        if (!there.isMissing() && other.isMissing()) {
            redis.findings()
                    .add(
                            ProblemCode.VALUE_MISSING,
                            there.place(),
                            redis.title() + " has no " + missing,
                            "a certificate and its key go together: name both, or neither");
        }
    }

    private static List<X509Certificate> all(Section redis, String name, Word file) {
        return file.isMissing() ? List.of() : PemFile.certificates(redis.name(name), file, redis.findings());
    }

    private static @Nullable PrivateKey key(Section redis, Word file) {
        return file.isMissing()
                ? null
                : PemFile.key(redis.name("tls_key"), file, redis.findings()).orElse(null);
    }
}
