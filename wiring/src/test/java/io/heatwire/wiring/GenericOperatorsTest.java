package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.Output;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.operators.OperatorCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings that hold expressions and blocks, and ports that depend on settings. */
class GenericOperatorsTest {

    private static final String HEAD = """
            heatwire: 1
            streams:
              readings: {key: "s:readings", external: "sensors", pace_s: none}
              known: {key: "s:known", external: "others", pace_s: none, fields: "sensor, celsius"}
              alarms: {key: "s:alarms", keep: 100, terminal: true}
              others: {key: "s:others", keep: 100, terminal: true}
            lookups:
              latest: {key: "latest:{sensor}", type: hash, terminal: true}
              latest_of_site: {key: "latest:{site}:{sensor}", type: hash, terminal: true}
              text: {key: "text:{sensor}", type: value, terminal: true}
              seen: {key: "seen:{sensor}", type: marker}
            stages:
            """;

    @TempDir
    private Path folder;

    private WiringResult load(String stages, Map<String, String> environment) throws IOException {
        Path file = folder.resolve("w.yaml");
        Files.writeString(file, HEAD + stages.indent(2));
        return Wiring.load(file, environment, OperatorCatalog.all());
    }

    private String refused(String stages) throws IOException {
        WiringResult result = load(stages, Map.of());
        assertThat(result).isInstanceOf(WiringResult.Refused.class);
        return result.render().replace(folder + "/", "");
    }

    @Test
    void pointsIntoTheExpression() throws IOException {
        assertThat(refused("""
                warm:
                  operator: filter
                  in: readings
                  out: {out: others}
                  settings:
                    where: has(event.celsius) && celsius > 20.0
                """)).isEqualTo("""
                w.yaml:18:36: W031 setting where: at character 23: 'celsius' is not known; a field is written event.celsius, a text "celsius"
                  18 |       where: has(event.celsius) && celsius > 20.0
                     |                                    ^
                  -> The condition, such as double(event.celsius) < 85.0

                w.yaml: 1 problem
                """);
    }

    @Test
    void pointsAtTheValueOfABlockAndFindsAllThatIsWrong() throws IOException {
        assertThat(refused("""
                alarm:
                  operator: route
                  in: readings
                  out: {fire: alarms}
                  settings:
                    rules:
                      fire: double(event.celsius)
                      hot: "double(event.celsius) > 40"
                """))
                .contains(
                        "w.yaml:19:15: W031 setting rules.fire: at character 1: it gives a double, and a bool is needed")
                .contains("w.yaml:20:14: W031 setting rules.hot: at character 23: '>' compares a double with an int")
                .doesNotContain("W042")
                .doesNotContain("W043");
    }

    @Test
    void thePortsOfARouteAreItsRules() throws IOException {
        String problems = refused("""
                alarm:
                  operator: route
                  in: readings
                  out: {fire: alarms, hott: others}
                  settings:
                    rules:
                      fire: double(event.celsius) > 80.0
                      hot: double(event.celsius) > 40.0
                """);
        assertThat(problems)
                .contains("W042 route has no port 'hott' for a stream")
                .contains("-> write hot")
                .contains("W043 stage alarm binds no stream to port hot");
    }

    @Test
    void theVariablesOfAKeyAreThoseOfTheSetting() throws IOException {
        assertThat(refused("""
                keep:
                  operator: lookup_write
                  in: readings
                  keys: {to: latest_of_site}
                  settings:
                    key: {sensor: event.sensor}
                    ttl_s: 60
                """))
                .contains("W045 port to fills in {sensor}, and the key of latest_of_site has {site} and {sensor}");
        assertThat(refused("""
                keep:
                  operator: lookup_write
                  in: readings
                  keys: {to: latest}
                  settings:
                    key: {sensor: event.sensor}
                    type: value
                    value: event.celsius
                    ttl_s: 60
                """)).contains("W044 port to needs a value, and latest is a hash");
    }

    @Test
    void pointsAtTheRuleThatCannotBeAPort() throws IOException {
        assertThat(refused("""
                alarm:
                  operator: route
                  in: readings
                  out: {rest: alarms}
                  settings:
                    rules:
                      rest: event.celsius == "1"
                """)).contains("w.yaml:19:9: W033").contains("'rest' cannot be the name of a rule");
    }

    @Test
    void wantsABlockWhereABlockBelongs() throws IOException {
        assertThat(refused("""
                change:
                  operator: map
                  in: readings
                  out: {out: others}
                  settings:
                    set: event.celsius
                """)).contains("W021 setting set must be a block of keys with values");
        assertThat(refused("""
                alarm:
                  operator: route
                  in: readings
                """)).contains("W032 setting rules has no default and is not given");
    }

    @Test
    void takesExpressionsFromTheEnvironment() throws IOException {
        String stage = """
                warm:
                  operator: filter
                  in: readings
                  out: {out: others}
                  settings:
                    where: double(event.celsius) > ${LIMIT:-20.0}
                """;
        WiringResult ready = load(stage, Map.of("LIMIT", "30.5"));
        assertThat(stage(ready).config().expression("where")).hasToString("double(event.celsius) > 30.5");
        WiringResult refused = load(stage, Map.of("LIMIT", "warm"));
        assertThat(refused.render()).contains("'warm' is not known").contains("(from LIMIT in the environment)");
    }

    @Test
    void anAliasStandsForAFieldThatAnExpressionReads() throws IOException {
        WiringResult ready = load("""
                warm:
                  operator: filter
                  in: readings
                  out: {out: others}
                  aliases: {temp: celsius}
                  settings:
                    where: double(event.celsius) > 20.0
                """, Map.of());
        assertThat(stage(ready).spec().input()).extracting("name").containsExactly("celsius");
    }

    @Test
    void aStageKnowsItsOwnNameAndOutputs() throws IOException {
        StagePlan plan = stage(load("""
                alarm:
                  operator: route
                  in: readings
                  out: {fire: alarms, rest: others}
                  settings:
                    rules: {fire: "double(event.celsius) > 80.0"}
                    unmatched: rest
                """, Map.of()));
        assertThat(plan.config().stage()).isEqualTo("alarm");
        assertThat(plan.spec().outputs()).extracting(Output::port).containsExactly("fire", "rest");
    }

    @Test
    void aFieldThatAnExpressionNeedsMustBeWritten() throws IOException {
        WiringResult result = load("""
                warm:
                  operator: filter
                  in: known
                  out: {out: others}
                  settings:
                    where: event.sensor != "" && double(event.celcius) > 20.0
                """, Map.of());
        assertThat(result.render()).contains("W090", "needs celcius, which", "aliases: { celsius: celcius }");
    }

    private static final String CHAIN = """
            heatwire: 1
            streams:
              readings: {key: "s:readings", external: "sensors", pace_s: none, fields: "sensor, temp"}
              good: {key: "s:good", cap: 1000}
              named: {key: "s:named", cap: 1000}
              alarms: {key: "s:alarms", keep: 100, terminal: true}
            stages:
              good:
                operator: filter
                in: readings
                out: {out: good}
                settings: {where: event.sensor != ""}
              name:
                operator: map
                in: good
                out: {out: named}
                settings: {rename: {temp: temperature}}
              alarm:
                operator: filter
                in: named
                out: {out: alarms}
                settings: {where: "double(event.temp) > 80.0"}
            """;

    private String findings(String... changes) throws IOException {
        String text = CHAIN;
        for (int i = 0; i < changes.length; i += 2) {
            assertThat(text).contains(changes[i]);
            text = text.replace(changes[i], changes[i + 1]);
        }
        Files.writeString(folder.resolve("w.yaml"), text);
        return Wiring.load(folder.resolve("w.yaml"), Map.of(), OperatorCatalog.all())
                .render()
                .replace(folder + "/", "");
    }

    @Test
    void aFieldThatIsRenamedOnTheWayIsNotThereBehindIt() throws IOException {
        assertThat(findings()).isEqualTo("""
                w.yaml:20:9: W090 stage alarm reads stream named and shares no field with its writer, stage name
                  20 |     in: named
                     |         ^
                  w.yaml:16:16: stage name writes sensor, temperature
                  16 |     out: {out: named}
                     |                ^
                  -> write at stage alarm: aliases: { temperature: temp }

                w.yaml: 1 problem
                """);
        assertThat(findings("event.temp)", "event.temperature)")).isEmpty();
        assertThat(findings("    in: named\n", "    in: named\n    aliases: {temperature: temp}\n"))
                .isEmpty();
    }

    @Test
    void aStageThatOnlyTakesWhatIsThereMayFindNothing() throws IOException {
        assertThat(findings("rename: {temp: temperature}", "rename: {humidity: damp}"))
                .isEmpty();
        assertThat(findings("double(event.temp) > 80.0", "has(event.humidity)")).isEmpty();
        assertThat(findings("rename: {temp: temperature}", "rename: {tempp: temperature}"))
                .contains("warning W091 stage name reads stream good and would take tempp");
        assertThat(findings("double(event.temp) > 80.0", "has(event.humidity) || event.wind == event.gust"))
                .contains("W090 stage alarm reads stream named and shares no field with its writer, stage name");
    }

    @Test
    void aFieldThatNobodyWritesIsMissedBehindAnyNumberOfFilters() throws IOException {
        assertThat(findings("double(event.temp) > 80.0", "event.temperature != event.sensro"))
                .contains("W090 stage alarm reads stream named and needs sensro, which stage name does not write")
                .contains("w.yaml:16:16: stage name writes sensor, temperature")
                .contains("aliases: { sensor: sensro }");
    }

    @Test
    void whatASettingDropsOrSetsIsKnown() throws IOException {
        assertThat(findings("{rename: {temp: temperature}}", "{drop: temp}")).contains("stage name writes sensor\n");
        assertThat(findings("{rename: {temp: temperature}}", "{drop: sensor, set: {temp: event.temp}}"))
                .isEmpty();
    }

    @Test
    void whatComesFromOutsideWithoutFieldsStaysUnknownAllTheWay() throws IOException {
        assertThat(findings(", fields: \"sensor, temp\"", "")).isEmpty();
    }

    @Test
    void whatALookUpMayAddIsKnownByItsFieldsAndUnknownWithoutThem() throws IOException {
        String[] join = {
            "operator: map", "operator: lookup_join",
            "out: {out: named}", "out: {out: named}\n    keys: {from: places}",
            "stages:", "lookups:\n  places: {key: \"places:{sensor}\", type: hash, external: x, pace_s: none}\nstages:",
            "{rename: {temp: temperature}}", "{key: {sensor: event.sensor}, fields: room}",
            "double(event.temp) > 80.0", "event.floor == event.sensor"
        };
        assertThat(findings(join)).contains("W090", "stage name writes room, sensor, temp");
        join[7] = "{key: {sensor: event.sensor}}";
        assertThat(findings(join)).isEmpty();
    }

    @Test
    void aLoopEndsAndHoldsWhatComesIntoIt() throws IOException {
        String[] loop = {
            "  alarms: {key: \"s:alarms\", keep: 100, terminal: true}\n",
            "",
            "out: {out: alarms}",
            "out: {out: good}",
            "\"s:good\", cap: 1000",
            "\"s:good\", cap: 1000, loop: true",
            "event.temp)",
            "event.temperature)",
            "{rename: {temp: temperature}}",
            "{set: {temperature: event.temp}}"
        };
        assertThat(findings(loop)).doesNotContain("W09");
        loop[7] = "event.nothing)";
        assertThat(findings(loop)).contains("W090", "stage name writes sensor, temp, temperature");
    }

    private static StagePlan stage(WiringResult result) {
        assertThat(result.render()).doesNotContain("W0");
        return ((WiringResult.Ready) result).plan().engine().stages().get(0);
    }
}
