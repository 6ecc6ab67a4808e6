package io.heatwire.engine.plan;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to speak TLS. The name in the server's certificate is always held against the host name it was asked for.
 *
 * @param authorities who may vouch for the server; empty for those the JDK trusts
 * @param certificates our own certificate first, then those between it and its authority; empty when we show none
 * @param key the private key of our own certificate; null when we show none
 */
public record TlsPlan(
        List<X509Certificate> authorities,
        List<X509Certificate> certificates,
        @Nullable PrivateKey key) {

    /** Trusts the authorities that the JDK trusts, and shows no certificate. */
    public static final TlsPlan PUBLIC = new TlsPlan(List.of(), List.of(), null);

    /** Hides the key. */
    @Override
    public String toString() {
        return "TLS, " + (authorities.isEmpty() ? "public" : "own") + " authorities, "
                + (certificates.isEmpty() ? "no" : "a") + " client certificate";
    }
}
