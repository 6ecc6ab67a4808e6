package io.heatwire.wiring.credential;

import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file in PEM form: certificates, or a private key. */
public final class PemFile {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private PemFile() {}

    /** The certificates in the order of the file; empty when there are none to be had, which is then noted. */
    public static List<X509Certificate> certificates(String title, Word name, Findings findings) {
        String shown = Shown.plain(name.text());
        Optional<byte[]> bytes = NamedFile.read(title, name, shown, findings);
        if (bytes.isEmpty()) {
            return List.of();
        }
        List<X509Certificate> certificates = parsed(bytes.get());
        if (certificates.isEmpty()) {
            findings.add(
                    ProblemCode.CREDENTIAL_MALFORMED,
                    name.place(),
                    title + ": " + shown + " holds no certificates in PEM form",
                    "name a file with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    private static List<X509Certificate> parsed(byte[] bytes) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException notThose) {
            return List.of();
        }
    }

    /** The private key; empty when it cannot be had, which is then noted. */
    public static Optional<PrivateKey> key(String title, Word name, Findings findings) {
        String shown = NamedFile.secretly(name);
        Optional<byte[]> bytes = NamedFile.read(title, name, shown, findings);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        NamedFile.warnIfOpen(title, name, findings);
        Optional<PrivateKey> key = key(new String(bytes.get(), StandardCharsets.ISO_8859_1));
        if (key.isEmpty()) {
            findings.add(
                    ProblemCode.CREDENTIAL_MALFORMED,
                    name.place(),
                    title + ": " + shown + " holds no private key without a passphrase in PKCS#8 form",
                    "name a file with -----BEGIN PRIVATE KEY-----; openssl pkcs8 -topk8 -nocrypt -in old.key -out new.key"
                            + " makes it from others");
        }
        return key;
    }

    private static Optional<PrivateKey> key(String text) {
        Matcher pem = PKCS8.matcher(text);
        if (!pem.find()) {
            return Optional.empty();
        }
        return ALGORITHMS.stream()
                .flatMap(algorithm -> key(algorithm, pem.group(1)).stream())
                .findFirst();
    }

    private static Optional<PrivateKey> key(String algorithm, String base64) {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(base64);
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException notThat) {
            return Optional.empty();
        }
    }
}
