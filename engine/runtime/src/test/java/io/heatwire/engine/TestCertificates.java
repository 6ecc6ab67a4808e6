package io.heatwire.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates for tests, made by the JDK's own keytool: {@code NAME.pem}, and its key in {@code NAME.key}. */
public final class TestCertificates {

    private static final String PASSWORD = "changeit";

    private final Path directory;

    /** Certificates in this directory. */
    public TestCertificates(Path directory) {
        this.directory = directory;
    }

    /** An authority. */
    public Path authority(String name) {
        keytool(generate(name, "-ext", "bc:c"));
        keytool("-exportcert", "-alias", name, "-keystore", store(name), "-rfc", "-file", path(name + ".pem"));
        return pem(name);
    }

    /** A certificate for these names (for example {@code dns:localhost,ip:127.0.0.1}), signed by the authority. */
    public Path signed(String name, String authority, String names) {
        return signed(name, authority, names, "+0d", "30");
    }

    /** The same, but its time was over yesterday. */
    public Path expired(String name, String authority, String names) {
        return signed(name, authority, names, "-3d", "1");
    }

    private Path signed(String name, String authority, String names, String from, String days) {
        keytool(generate(name));
        keytool("-certreq", "-alias", name, "-keystore", store(name), "-file", path(name + ".csr"));
        keytool(
                "-gencert",
                "-alias",
                authority,
                "-keystore",
                store(authority),
                "-infile",
                path(name + ".csr"),
                "-startdate",
                from,
                "-validity",
                days,
                "-ext",
                "san=" + names,
                "-rfc",
                "-outfile",
                path(name + ".pem"));
        writeKey(name);
        return pem(name);
    }

    public Path pem(String name) {
        return directory.resolve(name + ".pem");
    }

    public Path key(String name) {
        return directory.resolve(name + ".key");
    }

    private String[] generate(String name, String... more) {
        List<String> words = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-keystore", store(name)));
        words.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30", "-dname", "CN=" + name));
        words.addAll(List.of(more));
        return words.toArray(new String[0]);
    }

    /** Keytool does not give private keys away; the key store does. */
    private void writeKey(String name) {
        try (InputStream in = Files.newInputStream(Path.of(store(name)))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            Files.writeString(key(name), "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String store(String name) {
        return path(name + ".p12");
    }

    private String path(String file) {
        return directory.resolve(file).toString();
    }

    private static void keytool(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-keypass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + ": " + output);
            }
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
