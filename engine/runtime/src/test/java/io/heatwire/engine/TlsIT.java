package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.heatwire.engine.health.Status;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.plan.TlsPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stage that speaks TLS with a real server, and what it says when that does not come about. */
class TlsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LOCAL = "dns:localhost,ip:127.0.0.1";

    @TempDir
    private static Path directory;

    private static TestCertificates certificates;

    @BeforeAll
    static void makeCertificates() {
        certificates = new TestCertificates(directory);
        certificates.authority("ca");
        certificates.authority("stranger");
        certificates.signed("server", "ca", LOCAL);
        certificates.signed("elsewhere", "ca", "dns:redis.example.org");
        certificates.expired("expired", "ca", LOCAL);
        certificates.signed("client", "ca", "dns:heatwire");
        certificates.signed("unknown-client", "stranger", "dns:heatwire");
    }

    @Test
    void runsAStageOverTlsWithAnAuthorityOfItsOwn() throws Exception {
        runs("localhost", "no", trusting("ca"));
    }

    @Test
    void acceptsAnAddressThatTheCertificateNames() throws Exception {
        runs("127.0.0.1", "no", trusting("ca"));
    }

    @Test
    void showsItsCertificateToAServerThatAsksForOne() throws Exception {
        runs("localhost", "yes", showing("client"));
    }

    @Test
    void saysToCheckTheAuthorityWhenNobodyItTrustsSignedTheCertificate() throws Exception {
        fails("server", "no", trusting("stranger"), "check redis.tls_ca");
        fails("server", "no", TlsPlan.PUBLIC, "check redis.tls_ca");
    }

    @Test
    void saysToCheckTheHostWhenTheCertificateIsForAnother() throws Exception {
        fails("elsewhere", "no", trusting("ca"), "does not name this host; check redis.host");
    }

    @Test
    void saysThatTheCertificateHasExpired() throws Exception {
        fails("expired", "no", trusting("ca"), "has expired");
    }

    @Test
    void saysToCheckItsOwnCertificateWhenTheServerRefusesIt() throws Exception {
        fails("server", "yes", trusting("ca"), "check redis.tls_cert");
        fails("server", "yes", showing("unknown-client"), "check redis.tls_cert");
    }

    @Test
    void saysToCheckTlsWhenTheServerSpeaksNone() {
        try (TestRedis redis = TestRedis.start()) {
            fails(plan(redis, "localhost", redis.plan().port(), trusting("ca")), "check redis.tls and the port");
        }
    }

    @Test
    void saysToCheckTlsWhenTheServerSpeaksNothingElse() throws Exception {
        int port = freePort();
        try (TestRedis redis = serving("server", port, "no")) {
            fails(plan(redis, "localhost", port, null), "redis.tls");
        }
    }

    private static void runs(String host, String asksForCertificates, TlsPlan tls) throws Exception {
        int port = freePort();
        try (TestRedis redis = serving("server", port, asksForCertificates)) {
            Engine engine = engine(plan(redis, host, port, tls));
            engine.start().block(PATIENCE);
            for (int n = 0; n < 200; n++) {
                redis.add("in", "n", "" + n);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isEqualTo(200));
            assertThat(engine.health().redis()).isEqualTo("rediss://" + host + ":" + port + "/0");
            engine.drain().block(PATIENCE);
        }
    }

    private static void fails(String certificate, String asksForCertificates, TlsPlan tls, String advice)
            throws Exception {
        int port = freePort();
        try (TestRedis redis = serving(certificate, port, asksForCertificates)) {
            fails(plan(redis, "localhost", port, tls), advice);
        }
    }

    private static void fails(RedisPlan plan, String advice) {
        try (LogLines log = LogLines.open()) {
            Engine engine = engine(plan);
            engine.start().subscribe();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(engine.health().stages().get(0).error()).contains(advice));
            assertThat(engine.health().status()).isEqualTo(Status.ERROR);
            assertThat(engine.health().toString()).doesNotContain(plan.password());
            assertThat(log.from(Level.WARN))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("no answer from " + plan)
                            .contains(advice)
                            .doesNotContain("\n"));
            assertThat(log.from(Level.TRACE)).noneMatch(line -> line.contains(plan.password()));
            assertThat(log.traces()).isEmpty();
            engine.drain().block(PATIENCE);
        }
    }

    private static Engine engine(RedisPlan redis) {
        return Engine.of(
                TestOperators.plan(
                        redis, new Policy.Keep(1000), TestOperators.copyStage(TestOperators.source("c"), Map.of())),
                new SimpleMeterRegistry());
    }

    private static RedisPlan plan(TestRedis redis, String host, int port, TlsPlan tls) {
        return new RedisPlan(host, port, 0, null, redis.plan().password(), tls, null, 3000);
    }

    private static TestRedis serving(String certificate, int port, String asksForCertificates) {
        return TestRedis.start(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                certificates.pem(certificate).toString(),
                "--tls-key-file",
                certificates.key(certificate).toString(),
                "--tls-ca-cert-file",
                certificates.pem("ca").toString(),
                "--tls-auth-clients",
                asksForCertificates);
    }

    private static TlsPlan trusting(String authority) {
        return new TlsPlan(List.of(certificate(authority)), List.of(), null);
    }

    private static TlsPlan showing(String client) throws Exception {
        return new TlsPlan(List.of(certificate("ca")), List.of(certificate(client)), key(client));
    }

    private static X509Certificate certificate(String name) {
        try (InputStream in = Files.newInputStream(certificates.pem(name))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private static PrivateKey key(String name) throws Exception {
        KeyStore store = KeyStore.getInstance(directory.resolve(name + ".p12").toFile(), "changeit".toCharArray());
        return (PrivateKey) store.getKey(name, "changeit".toCharArray());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
