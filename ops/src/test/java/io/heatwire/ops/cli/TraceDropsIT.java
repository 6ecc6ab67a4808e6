package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** heatwire trace tells an event that was dropped on purpose from one that is lost. */
final class TraceDropsIT extends TraceOnTheBench {

    /** One stage of each kind that may drop, and at the end one that may not. */
    private static final String DROPPING = """
            heatwire: 1
            redis:
              host: ${REDIS_HOST}
              port: ${REDIS_PORT}
              password: ${REDIS_PASSWORD}
            streams:
              readings: { key: readings, external: sensors, pace_s: none, fields: [id, sensor, celsius] }
              first: { key: first, cap: 1000, keep_read: 100 }
              good: { key: good, cap: 1000, keep_read: 100 }
              in_room: { key: in_room, cap: 1000, keep_read: 100 }
              hot: { key: hot, cap: 1000, keep_read: 100 }
              named: { key: named, cap: 1000, terminal: true }
            lookups:
              seen: { key: "seen:{sensor}", type: marker }
              room: { key: "room:{sensor}", type: hash, external: installers, fields: [room] }
            stages:
              once:
                operator: dedupe
                in: readings
                out: { out: first }
                keys: { seen: seen }
                settings: { key: { sensor: event.sensor }, window_s: 600 }
              plausible:
                operator: filter
                in: first
                out: { out: good }
                settings: { where: "double(event.celsius) < 100.0" }
              placed:
                operator: lookup_join
                in: good
                out: { out: in_room }
                keys: { from: room }
                settings: { key: { sensor: event.sensor }, fields: room, on_missing: drop }
              sorter:
                operator: route
                in: in_room
                out: { hot: hot }
                settings: { rules: { hot: "double(event.celsius) > 50.0" } }
              renamed:
                operator: map
                in: hot
                out: { out: named }
                settings: { rename: { celsius: degrees } }
            """;

    @Test
    void whatAGuardHasSkippedIsNoFault() {
        bench.command("SET", "quantum:dedupe:p27:p1", "1", "PX", "119000");
        bench.add(DECISIONS, "plan_id", "p1", "symbol", "BTCUSDT");
        bench.command("XGROUP", "CREATE", DECISIONS, "heat_bridge", "$");
        assertThat(trace("p1")).as(bench.out.toString()).isZero();
        assertThat(lastLine())
                .isEqualTo("ended: heat_bridge has read past it and passed nothing on: it may drop, by its guard"
                        + " bridge_dedupe");
    }

    @Test
    void anEventThatAnOperatorMayDropHasEndedThereAndOneThatItMayNotIsBroken() throws IOException {
        Path wiring = Files.writeString(directory.resolve("dropping.yaml"), DROPPING);
        startEngine(wiring, "once", "plausible", "placed", "sorter");
        hash("room:s1", "room", "kitchen");
        hash("room:s4", "room", "cellar");
        reading("a", "s1", "60");
        reading("b", "s1", "60");
        reading("c", "s2", "999");
        reading("d", "s3", "20");
        reading("e", "s4", "20");
        ends(
                wiring,
                "a",
                1,
                "renamed has never read it: hot has no group renamed; the stage creates it when it starts");
        ends(wiring, "b", 0, "ended: once has read past it and passed nothing on: it may drop, by its guard seen");
        ends(wiring, "c", 0, "ended: plausible has read past it and passed nothing on: it may drop");
        ends(wiring, "d", 0, "ended: placed has read past it and passed nothing on: it may drop");
        ends(wiring, "e", 0, "ended: sorter has read past it and passed nothing on: it may drop");

        bench.command("XGROUP", "CREATE", "hot", "renamed", "$");
        ends(wiring, "a", 1, "renamed has read past it and wrote no named: no entry of it there");
        bench.command("DEL", "hot");
        ends(wiring, "a", 0, "ended: sorter has read past it and passed nothing on: it may drop");
    }

    private static void reading(String id, String sensor, String celsius) {
        bench.add("readings", "id", id, "sensor", sensor, "celsius", celsius);
    }

    private void ends(Path wiring, String id, int code, String last) {
        await().atMost(CommandBench.PATIENCE).untilAsserted(() -> {
            bench.clear();
            int ended = bench.run(wiring, "trace", id, "--field", "id");
            assertThat(lastLine()).as(bench.out.toString() + bench.err).isEqualTo(last);
            assertThat(ended).isEqualTo(code);
        });
    }
}
