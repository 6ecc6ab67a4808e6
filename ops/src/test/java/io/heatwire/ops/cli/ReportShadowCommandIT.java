package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What heatwire report shadow counts of what came, on a real server. */
final class ReportShadowCommandIT {

    private static final Path WIRING =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../etc/heatwire.yaml");
    private static final String PROPOSALS = "quantum:stream:harvest.proposal";
    private static final String CALIBRATED = "quantum:stream:harvest.calibrated";
    private static final long MINUTE = 60_000;

    private static CommandBench bench;

    @BeforeAll
    static void start() {
        bench = new CommandBench();
    }

    @AfterAll
    static void end() {
        bench.close();
    }

    @BeforeEach
    void reset() {
        bench.reset();
    }

    private static void came(long agoMs) {
        bench.command("XADD", PROPOSALS, id(agoMs), "symbol", "BTCUSDT", "harvest_action", "FULL_CLOSE_PROPOSED");
    }

    private static void decided(long agoMs) {
        bench.command(
                "XADD",
                CALIBRATED,
                id(agoMs),
                "symbol",
                "BTCUSDT",
                "original_action",
                "FULL_CLOSE_PROPOSED",
                "calibrated_action",
                "PARTIAL_25",
                "mode",
                "shadow");
    }

    private static String id(long agoMs) {
        return System.currentTimeMillis() - agoMs + "-*";
    }

    private String report() {
        bench.clear();
        assertThat(bench.run(WIRING, "report", "shadow")).isEqualTo(1);
        return bench.out.toString();
    }

    @Test
    void holdsWhenPartOfWhatCameWasNeverDecided() {
        came(300 * MINUTE);
        for (int ago = 100; ago > 90; ago--) {
            came(ago * MINUTE);
        }
        for (int ago = 100; ago > 92; ago--) {
            decided(ago * MINUTE - 10);
        }
        // What the gate was first given is not what came first; and what came just now may be under way.
        came(0);

        assertThat(report()).contains("FAIL  proposals decided: 88.9 % (8 of 9); expected at least 95 %");
    }

    @Test
    void judgesNothingByWhatItCannotSee() {
        decided(100 * MINUTE);

        assertThat(report()).contains("ok    proposals decided: not known: ");
    }
}
