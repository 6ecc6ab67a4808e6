package io.heatwire.wiring.graph;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS.
 *
 * @param authorities who may vouch for the server; empty for those the JDK trusts
 * @param certificates what we show; empty for nothing
 */
public record TlsWire(
        List<X509Certificate> authorities,
        List<X509Certificate> certificates,
        @Nullable PrivateKey key) {

    /** Hides the key. */
    @Override
    public String toString() {
        return "tls";
    }
}
