package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestCertificates;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SentinelPlan;
import io.heatwire.engine.plan.TlsPlan;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment of a service, through the shipped wiring, to how the engine connects. */
final class ConnectionSettingsTest {

    private static final Path SHIPPED = Path.of("../ops/etc/heatwire.yaml");
    private static final String SECRET = "s3cret-of-the-test";

    @TempDir
    private Path directory;

    @Test
    void speaksPlainTcpToOneServerInAnEmptyEnvironment() {
        RedisPlan plan = plan(Map.of());
        assertThat(plan).isEqualTo(new RedisPlan("localhost", 6379, 0, null, null, null, null, 5000));
    }

    @Test
    void trustsTheAuthoritiesOfTheJdkWhenTlsIsAllThatIsSaid() {
        RedisPlan plan = plan(Map.of("REDIS_TLS", "true"));
        assertThat(plan.tls()).isEqualTo(TlsPlan.PUBLIC);
        assertThat(plan).hasToString("rediss://localhost:6379/0");
    }

    @Test
    void readsAuthorityCertificateAndKey() {
        TestCertificates certificates = new TestCertificates(directory);
        certificates.authority("ca");
        certificates.signed("client", "ca", "dns:heatwire");
        TlsPlan tls = plan(Map.of(
                        "REDIS_TLS", "true",
                        "REDIS_TLS_CA", certificates.pem("ca").toString(),
                        "REDIS_TLS_CERT", certificates.pem("client").toString(),
                        "REDIS_TLS_KEY", certificates.key("client").toString()))
                .tls();
        assertThat(tls.authorities())
                .singleElement()
                .satisfies(
                        ca -> assertThat(ca.getSubjectX500Principal().getName()).isEqualTo("CN=ca"));
        assertThat(tls.certificates().get(0).getSubjectX500Principal().getName())
                .isEqualTo("CN=client");
        assertThat(tls.key()).isNotNull();
        assertThat(tls).hasToString("TLS, own authorities, a client certificate");
    }

    @Test
    void refusesACertificateWithoutItsKeyAndFilesWithoutTls() throws IOException {
        Path file = Files.writeString(directory.resolve("any.pem"), "x");
        assertThat(refused(Map.of("REDIS_TLS", "true", "REDIS_TLS_CERT", file.toString())))
                .contains("W022 redis has no tls_key");
        assertThat(refused(Map.of("REDIS_TLS", "true", "REDIS_TLS_KEY", file.toString())))
                .contains("W022 redis has no tls_cert");
        assertThat(refused(Map.of("REDIS_TLS_CA", file.toString())))
                .contains("W023 redis names files for TLS, and tls is not true");
    }

    @Test
    void takesThePasswordFromAFileWithoutItsLineBreak() throws IOException {
        assertThat(plan(Map.of("REDIS_PASSWORD_FILE", secret(SECRET + "\n"))).password())
                .isEqualTo(SECRET);
        assertThat(plan(Map.of("REDIS_PASSWORD_FILE", secret(SECRET + "\r\n"))).password())
                .isEqualTo(SECRET);
        assertThat(plan(Map.of("REDIS_PASSWORD_FILE", secret(" with blanks "))).password())
                .isEqualTo(" with blanks ");
    }

    @Test
    void refusesTwoPasswordsAndPasswordFilesThatHoldNone() throws IOException {
        assertThat(refused(Map.of("REDIS_PASSWORD", "a", "REDIS_PASSWORD_FILE", secret(SECRET))))
                .contains("W026 redis has password and password_file");
        assertThat(refused(Map.of("REDIS_PASSWORD_FILE", secret("\n")))).contains("W071", "is empty");
        assertThat(refused(Map.of("REDIS_PASSWORD_FILE", secret(SECRET + "\nmore"))))
                .contains("W071", "more than one line");
        assertThat(refused(
                        Map.of("REDIS_PASSWORD_FILE", directory.resolve("none").toString())))
                .contains("W070 password_file of redis: cannot read " + directory.resolve("none"));
    }

    @Test
    void warnsOfASecretThatEverybodyCanRead() throws IOException {
        String file = secret(SECRET);
        assertThat(load(Map.of("REDIS_PASSWORD_FILE", file)).render()).isEmpty();
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rw-r--r--"));
        WiringResult.Ready ready = (WiringResult.Ready) load(Map.of("REDIS_PASSWORD_FILE", file));
        assertThat(ready.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.code()).isEqualTo(ProblemCode.CREDENTIAL_OPEN));
        assertThat(ready.plan().engine().redis().password()).isEqualTo(SECRET);
    }

    @Test
    void asksSentinelsWithALoginOfTheirOwn() throws IOException {
        RedisPlan plan = plan(Map.of(
                "REDIS_PASSWORD",
                SECRET,
                "REDIS_SENTINEL_MASTER",
                "mymaster",
                "REDIS_SENTINEL_NODES",
                "one:26380,two,[::1]:26381",
                "REDIS_SENTINEL_PASSWORD_FILE",
                secret("of-the-sentinels\n")));
        assertThat(plan.sentinels())
                .isEqualTo(new SentinelPlan(
                        "mymaster",
                        List.of(
                                new SentinelPlan.Node("one", 26380),
                                new SentinelPlan.Node("two", 26379),
                                new SentinelPlan.Node("::1", 26381)),
                        null,
                        "of-the-sentinels"));
        assertThat(plan).hasToString("redis-sentinel://one:26380,two:26379,::1:26381/0#mymaster");
    }

    @Test
    void refusesSentinelsThatAreHalfNamed() {
        assertThat(refused(Map.of("REDIS_SENTINEL_MASTER", "mymaster")))
                .contains("W022", "sentinel of redis has no nodes");
        assertThat(refused(Map.of("REDIS_SENTINEL_NODES", "one:1"))).contains("W022", "has no master");
        assertThat(refused(Map.of("REDIS_SENTINEL_MASTER", "m", "REDIS_SENTINEL_NODES", "redis://one:1,two:0")))
                .contains("'redis://one:1' is not a host and a port", "'two:0' is not a host and a port");
    }

    @Test
    void givesEveryListenerTheTokenAndWarnsOfOpenOnesWithout() throws IOException {
        WiringPlan guarded = ready(Map.of("HEATWIRE_HTTP_HOST", "0.0.0.0", "HEATWIRE_HTTP_TOKEN", SECRET));
        assertThat(guarded.http()).extracting(HttpListener::token).containsOnly(SECRET);
        assertThat(ready(Map.of("HEATWIRE_HTTP_TOKEN_FILE", secret(SECRET + "\n")))
                        .http())
                .extracting(HttpListener::token)
                .containsOnly(SECRET);
        WiringResult.Ready open = (WiringResult.Ready) load(Map.of("HEATWIRE_HTTP_HOST", "0.0.0.0"));
        assertThat(open.warnings())
                .hasSize(7)
                .allSatisfy(warning -> assertThat(warning.code()).isEqualTo(ProblemCode.LISTENER_OPEN));
        assertThat(refused(Map.of("HEATWIRE_HTTP_TOKEN", "two words"))).contains("characters that no header can carry");
    }

    @Test
    void showsNoSecretInAnyText() throws IOException {
        Map<String, String> environment = Map.of(
                "REDIS_PASSWORD",
                SECRET,
                "REDIS_SENTINEL_MASTER",
                "m",
                "REDIS_SENTINEL_NODES",
                "one:1",
                "REDIS_SENTINEL_PASSWORD",
                SECRET,
                "HEATWIRE_HTTP_TOKEN",
                SECRET,
                "HEATWIRE_HTTP_HOST",
                "0.0.0.0");
        assertThat(ready(environment).toString()).doesNotContain(SECRET);
        assertThat(load(environment).render()).doesNotContain(SECRET);
        assertThat(refused(Map.of("REDIS_PASSWORD", SECRET, "REDIS_PASSWORD_FILE", SECRET, "REDIS_TLS_KEY", SECRET)))
                .doesNotContain(SECRET);
    }

    private RedisPlan plan(Map<String, String> environment) {
        return ready(environment).engine().redis();
    }

    private static WiringPlan ready(Map<String, String> environment) {
        WiringResult result = load(environment);
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return ((WiringResult.Ready) result).plan();
    }

    private static String refused(Map<String, String> environment) {
        WiringResult result = load(environment);
        assertThat(result).isInstanceOf(WiringResult.Refused.class);
        return result.render();
    }

    private static WiringResult load(Map<String, String> environment) {
        return Wiring.load(SHIPPED, environment, OperatorCatalog.all(), Set.of());
    }

    private String secret(String content) throws IOException {
        Path file = Files.createTempFile(directory, "secret", "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return Files.writeString(file, content).toString();
    }
}
