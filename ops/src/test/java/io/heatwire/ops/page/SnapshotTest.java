package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.engine.edge.EdgeLoad;
import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.CoverageHealth;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Flow;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageState;
import io.heatwire.ops.http.WiringState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SnapshotTest {

    private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u202e\u2028\"\\\n";

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Meters meters = new Meters(registry);
    private final History history = new History();

    @Test
    void saysTheStateShapeRateAndLagOfEachEdge() {
        history.add(meters.totals(health("in", 100), 0));
        JsonObject edge =
                json(health("in", 130), 60_000).getAsJsonArray("edges").get(0).getAsJsonObject();

        assertThat(edge.get("ends").getAsString()).isEqualTo("in -> copy");
        assertThat(edge.get("state").getAsString()).isEqualTo("starved");
        assertThat(edge.get("shape").getAsString()).isEqualTo("trouble");
        assertThat(edge.get("since_s").getAsLong()).isEqualTo(12);
        assertThat(edge.get("per_min").getAsDouble()).isEqualTo(30);
        assertThat(edge.get("unread").getAsLong()).isEqualTo(7);
        assertThat(edge.get("pending").getAsLong()).isEqualTo(2);
    }

    @Test
    void saysWhatNobodyKnowsAsMinusOne() {
        JsonObject edge =
                json(health("in", -1), 0).getAsJsonArray("edges").get(0).getAsJsonObject();
        assertThat(edge.get("per_min").getAsDouble()).isEqualTo(-1);
    }

    @Test
    void countsWhatWasFoundAtEachPointOfObservation() {
        count("publish_plan_post", "1", 3);
        count("publish_plan_post", "0", 1);
        history.add(meters.totals(health("in", 0), 0));
        count("publish_plan_post", "1", 5);
        JsonObject point =
                json(health("in", 0), 1_000).getAsJsonArray("points").get(0).getAsJsonObject();

        assertThat(point.get("point").getAsString()).isEqualTo("publish_plan_post");
        assertThat(point.get("found_ever").getAsLong()).isEqualTo(8);
        assertThat(point.get("missed_ever").getAsLong()).isEqualTo(1);
        assertThat(point.getAsJsonArray("found")).hasSize(History.STEPS);
        assertThat(point.getAsJsonArray("found").get(History.STEPS - 1).getAsLong())
                .isEqualTo(5);
    }

    @Test
    void countsDeadLettersByStageAndReason() {
        registry.counter("heatwire_entries_dead_total", "stage", "copy", "reason", "missing_field")
                .increment(2);
        registry.counter("heatwire_entries_dead_total", "stage", "copy", "reason", "unreadable");
        assertThat(json(health("in", 0), 0).getAsJsonArray("dead").toString())
                .contains("missing_field")
                .doesNotContain("unreadable");
    }

    @Test
    void keepsHostileTextInItsString() {
        count(HOSTILE, "1", 1);
        String line = snapshot(health(HOSTILE, 0), 0).json();

        assertThat(line.codePoints()).allMatch(c -> c >= ' ' && c <= '~');
        JsonObject read = JsonParser.parseString(line).getAsJsonObject();
        assertThat(read.getAsJsonArray("edges")
                        .get(0)
                        .getAsJsonObject()
                        .get("from")
                        .getAsString())
                .isEqualTo(HOSTILE);
        assertThat(read.getAsJsonArray("points")
                        .get(0)
                        .getAsJsonObject()
                        .get("point")
                        .getAsString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void tellsTheLastChangesNewestFirst() {
        JsonObject read = json(health("in", 0), 0);
        assertThat(read.getAsJsonArray("changes")
                        .get(0)
                        .getAsJsonObject()
                        .get("said")
                        .getAsString())
                .isEqualTo("changed copy");
        assertThat(read.get("reload_refused").getAsString()).isEqualTo("no such stream");
    }

    private void count(String point, String found, double amount) {
        registry.counter("p28_observed_total", "obs_point", point, "heat_found", found)
                .increment(amount);
    }

    private JsonObject json(Health health, long atMs) {
        return JsonParser.parseString(snapshot(health, atMs).json()).getAsJsonObject();
    }

    private Snapshot snapshot(Health health, long atMs) {
        Changes changes = new Changes();
        changes.add(new Change(0, 1, "started", "the process began"));
        changes.add(new Change(5, 2, "accepted", "changed copy"));
        return new Snapshot(
                health,
                new WiringState(2, 0, "no such stream"),
                List.of(),
                changes.newestFirst(),
                meters,
                meters.totals(health, atMs),
                history);
    }

    private static Health health(String from, long entries) {
        EdgeHealth edge = new EdgeHealth(
                "copy",
                from,
                "copy",
                EdgeState.STARVED,
                12_345,
                "none for 12 s",
                false,
                false,
                new EdgeLoad(entries, 7, 2));
        return new Health(
                "redis://127.0.0.1:6379/0",
                "redis 7.0.15",
                List.of(new StageHealth("copy", StageState.RUNNING, "", 1, 9, 0, 0, 9, 40, "", Map.of())),
                new Flow(
                        List.of(edge),
                        List.of(new StageAccount("copy", 12, 9, 0, 1, 0, 0, 0, 0, 2, 0, false)),
                        List.of(new CoverageHealth("pair", 10, 9, false, "9 of 10"))));
    }
}
