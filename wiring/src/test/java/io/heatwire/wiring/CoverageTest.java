package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.CoveragePlan.Place;
import io.heatwire.engine.plan.WatchPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the file says the running wiring is held against. */
final class CoverageTest {

    private static final Path GOOD = Path.of("src/test/resources/good.yaml");

    @TempDir
    private Path dir;

    private WiringResult load(String more) throws IOException {
        Path file = Files.writeString(dir.resolve("wiring.yaml"), Files.readString(GOOD) + more);
        return Wiring.load(file, Map.of(), SmallCatalog.ALL, Set.of());
    }

    private WatchPlan ready(String more) throws IOException {
        WiringResult result = load(more);
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return ((WiringResult.Ready) result).plan().engine().watch();
    }

    private String refused(String more) throws IOException {
        WiringResult result = load(more);
        assertThat(result).isInstanceOf(WiringResult.Refused.class);
        return result.render();
    }

    @Test
    void pacesReachTheEngineAndTheTimesHaveTheirDefaults() throws IOException {
        WatchPlan watch = ready("");

        assertThat(watch.paceMs()).containsExactly(Map.entry("my:plans", 60_000L));
        assertThat(watch.starvedAfterMs()).isEqualTo(10_000);
        assertThat(watch.stalledAfterMs()).isEqualTo(15_000);
        assertThat(watch.coverage()).isEmpty();
    }

    @Test
    void theTimesCanBeSet() throws IOException {
        WatchPlan watch = ready("engine: { starved_after_ms: 20000, stalled_after_ms: 60000 }\n");

        assertThat(watch.starvedAfterMs()).isEqualTo(20_000);
        assertThat(watch.stalledAfterMs()).isEqualTo(60_000);
    }

    @Test
    void aPairIsReadWithItsDefaults() throws IOException {
        WatchPlan watch = ready(
                "coverage:\n"
                        + "  done: { of: plans, by: plan_id, in: sorted, where: { level: low } }\n"
                        + "  marked: { of: plans, by: plan_id, in: seen, within_s: 2, window_s: 60, alarm_below: 0.5, alarm_after_s: 0 }\n");

        assertThat(watch.coverage())
                .containsExactly(
                        new CoveragePlan(
                                "done",
                                "my:plans",
                                "plan_id",
                                new Place.InStream("my:sorted", Map.of("level", "low")),
                                5_000,
                                300_000,
                                0,
                                60_000),
                        new CoveragePlan(
                                "marked",
                                "my:plans",
                                "plan_id",
                                new Place.AtKey(KeyTemplate.parse("my:seen:{plan_id}")),
                                2_000,
                                60_000,
                                0.5,
                                0));
    }

    @Test
    void endsThatAreNotThereAreRefusedWithTheNearestName() throws IOException {
        assertThat(refused("coverage:\n  done: { of: planz, by: plan_id, in: sortet }\n"))
                .contains("coverage done names 'planz', which is not declared", "'sortet'", "sorted");
    }

    @Test
    void aKeyMustBeMadeFromTheFieldAndHasNoFieldsToAskFor() throws IOException {
        assertThat(refused("coverage:\n  done: { of: plans, by: plan_id, in: shadow, where: { level: low } }\n"))
                .contains("{plan_id} must be its one variable", "leave where out");
    }

    @Test
    void aWindowWithoutAnyEntryIsRefused() throws IOException {
        assertThat(refused("coverage:\n  done: { of: plans, by: plan_id, in: sorted, within_s: 9, window_s: 9 }\n"))
                .contains("asks about entries older than 9 s and younger than 9 s: there are none");
    }

    @Test
    void whatIsLeftOutOrMisspeltIsSaid() throws IOException {
        assertThat(refused("coverage:\n  done: { of: plans, bye: plan_id, in: sorted, alarm_below: 2 }\n"))
                .contains("coverage done has no by", "'bye' is not known", "alarm_below");
    }
}
