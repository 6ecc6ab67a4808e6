package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.operators.ForeignJar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators of others: taken up, or refused with one line and exit code 78. */
final class OperatorSourceTest {

    private static final byte[] NAMES_A_PROVIDER = "acme.Provider".getBytes(StandardCharsets.UTF_8);
    private static final String SERVICE = "META-INF/services/io.heatwire.contract.OperatorProvider";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    private Path jars;
    private Path wiring;

    @BeforeEach
    void writeAWiring() throws IOException {
        jars = Files.createDirectory(folder.resolve("jars"));
        wiring = Files.writeString(folder.resolve("wiring.yaml"), """
                heatwire: 1
                streams:
                  a: {key: a, external: somebody, pace_s: none}
                  b: {key: b, keep: 100, terminal: true, shared: true}
                stages:
                  one: {operator: foreign, in: a, out: {out: b}}
                """);
    }

    private int check(Path directory) {
        return run("check", "--operators", directory.toString(), wiring.toString());
    }

    private int run(String... args) {
        return Main.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), environment, new StopRequest()),
                args);
    }

    private void isRefused(String line) {
        assertThat(check(jars)).isEqualTo(78);
        assertThat(err.toString().strip())
                .startsWith("heatwire: " + jars + "/" + line)
                .doesNotContain("\n", "\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void takesUpOperatorsOfSeveralJarsThoughTheirClassesHaveTheSameNames() throws IOException {
        ForeignJar.provider(jars.resolve("a.jar"), "return List.of(spec(\"foreign\", \"foreign_total\"));");
        ForeignJar.provider(jars.resolve("b.jar"), "return List.of(spec(\"further\", \"further_total\"));");
        Files.writeString(
                wiring,
                "  two: {operator: further, in: a, group: two, out: {out: b}}\n",
                java.nio.file.StandardOpenOption.APPEND);
        Files.writeString(jars.resolve("README"), "no jar");
        assertThat(check(jars)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("ok, 2 stages");
        environment.put("HEATWIRE_OPERATORS", jars.toString());
        assertThat(run("check", wiring.toString())).isZero();
    }

    @Test
    void withoutADirectoryThereAreOnlyTheOperatorsThatShip() {
        assertThat(run("check", wiring.toString())).isEqualTo(78);
        assertThat(err.toString()).contains("W030 there is no operator 'foreign'");
    }

    @Test
    void refusesADirectoryThatIsNotThere() {
        assertThat(check(folder.resolve("absent"))).isEqualTo(78);
        assertThat(check(wiring)).isEqualTo(78);
        assertThat(err.toString().lines())
                .containsExactly(
                        "heatwire: " + folder + "/absent: there is no such directory",
                        "heatwire: " + wiring + ": is not a directory of operators");
    }

    @Test
    void refusesWhatIsNoJar() throws IOException {
        Files.writeString(jars.resolve("x.jar"), "no jar");
        isRefused("x.jar: is no jar that can be read: ");
    }

    @Test
    void refusesAJarWithoutAProvider() throws IOException {
        ForeignJar.holding(jars.resolve("x.jar"), "readme.txt", new byte[0]);
        isRefused("x.jar: holds no operators: it has no " + SERVICE);
    }

    @Test
    void refusesAJarWhoseProviderIsNotInIt() throws IOException {
        ForeignJar.holding(jars.resolve("x.jar"), SERVICE, NAMES_A_PROVIDER);
        isRefused("x.jar: its operators cannot be loaded: ");
    }

    @Test
    void refusesAJarWithAClassThatIsNone() throws IOException {
        ForeignJar.holding(
                jars.resolve("x.jar"),
                SERVICE,
                NAMES_A_PROVIDER,
                "acme/Provider.class",
                "no class".getBytes(StandardCharsets.UTF_8));
        isRefused("x.jar: its operators cannot be loaded: ");
    }

    @Test
    void refusesAProviderThatFails() throws IOException {
        ForeignJar.provider(jars.resolve("x.jar"), "throw new NoClassDefFoundError(\"acme\\nGone\");");
        isRefused("x.jar: its operators cannot be loaded: java.lang.NoClassDefFoundError: acme");
    }

    @Test
    void refusesAProviderThatGivesNothing() throws IOException {
        ForeignJar.provider(jars.resolve("x.jar"), "return List.of();");
        isRefused("x.jar: its provider gives no operators");
    }

    @Test
    void refusesAnOperatorThatIsThereAlready() throws IOException {
        ForeignJar.provider(jars.resolve("x.jar"), "return List.of(spec(\"filter\", \"foreign_total\"));");
        isRefused("x.jar: operator filter ships with Heatwire; give this one another name");
    }

    @Test
    void refusesTheSameOperatorInTwoJars() throws IOException {
        for (String name : new String[] {"a.jar", "b.jar"}) {
            ForeignJar.provider(jars.resolve(name), "return List.of(spec(\"foreign\", \"foreign_total\"));");
        }
        isRefused("b.jar: operator foreign is in a.jar; give this one another name");
    }

    @Test
    void refusesAMeterThatBelongsToAnother() throws IOException {
        ForeignJar.provider(jars.resolve("x.jar"), "return List.of(spec(\"foreign\", \"p27_written_total\"));");
        isRefused("x.jar: meter p27_written_total of operator foreign belongs to operator heat_bridge");
    }

    @Test
    void refusesAMeterInTheNameOfTheEngine() throws IOException {
        ForeignJar.provider(
                jars.resolve("x.jar"), "return List.of(spec(\"foreign\", \"heatwire_entries_read_total\"));");
        isRefused("x.jar: meter 'heatwire_entries_read_total' of operator foreign cannot have that name");
    }

    @Test
    void refusesASettingThatDoesNotTakeItsOwnDefault() throws IOException {
        ForeignJar.provider(
                jars.resolve("x.jar"),
                "return List.of(spec(\"foreign\", \"foreign_total\", Setting.integer(\"keep\", 40, \"\", 0, 10, \"x\")));");
        isRefused("x.jar: setting keep of operator foreign does not take its own default: 40 is out of range");
    }

    @Test
    void refusesADeclarationWithHoles() throws IOException {
        ForeignJar.provider(jars.resolve("x.jar"), "return List.of(spec(null, \"foreign_total\"));");
        isRefused("x.jar: the declaration of an operator is broken: ");
    }
}
