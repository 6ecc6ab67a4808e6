package io.heatwire.engine.redis;

import io.heatwire.engine.plan.TlsPlan;
import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom to trust and what to show, made once: no connect reads a file on an event loop. */
final class TlsContext {

    private static final char[] IN_MEMORY = new char[0];

    private TlsContext() {}

    static SslOptions options(TlsPlan plan, Duration handshake) {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider().handshakeTimeout(handshake);
        try {
            options.trustManager(trust(plan));
            PrivateKey key = plan.key();
            if (key != null) {
                options.keyManager(identity(key, plan.certificates().toArray(new X509Certificate[0])));
            }
        } catch (GeneralSecurityException | IOException refused) {
            throw new IllegalArgumentException("the TLS settings cannot be used: " + refused.getMessage(), refused);
        }
        return options.build();
    }

    private static TrustManagerFactory trust(TlsPlan plan) throws GeneralSecurityException, IOException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(plan.authorities().isEmpty() ? null : authorities(plan));
        return trust;
    }

    private static @Nullable KeyStore authorities(TlsPlan plan) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (X509Certificate authority : plan.authorities()) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        return store;
    }

    private static KeyManagerFactory identity(PrivateKey key, X509Certificate[] certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        store.setKeyEntry("client", key, IN_MEMORY, certificates);
        KeyManagerFactory identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(store, IN_MEMORY);
        return identity;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
