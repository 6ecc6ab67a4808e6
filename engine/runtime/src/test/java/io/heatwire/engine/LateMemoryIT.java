package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Twenty thousand events wait at once in an engine with a heap of 64 MB. */
class LateMemoryIT {

    private static final int EVENTS = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String FEED =
            "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do redis.call('XADD', KEYS[1], '*', 'n', n, "
                    + "'symbol', 'BTCUSDT', 'action', 'FULL_CLOSE_PROPOSED', 'kill_score', '0.35', 'k_regime_flip', '0.042', "
                    + "'k_sigma_spike', '0.1', 'k_ts_drop', '0.05', 'k_age_penalty', '0.042', 'new_sl_proposed', '', 'R_net', '2.5', "
                    + "'decision', 'EXECUTE', 'reason_codes', 'kill_score_warning_close_ok', 'steps', string.rep('x', 100), "
                    + "'close_qty', '0.0', 'price', '', 'timestamp', '1769638200') end return 1";
    private static final String KEYS =
            "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do redis.call('HSET', KEYS[1] .. n, 'n', n) end return 1";

    @Test
    void holdsTwentyThousandWaitingEventsIn64Megabytes() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
            for (int n = 0; n < EVENTS; n += 1000) {
                redis.command("EVAL", FEED, "1", "in", "" + n, "" + (n + 1000));
            }
            EngineProcess engine = EngineProcess.startLate(redis.plan(), EVENTS);
            try {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(redis.pending("in", "g")).isEqualTo(EVENTS));
                for (int n = 0; n < EVENTS; n += 1000) {
                    redis.command("EVAL", KEYS, "1", "by_id:", "" + n, "" + (n + 1000));
                }
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(redis.number("XLEN", "observed")).isEqualTo(EVENTS));
                assertThat(redis.pending("in", "g")).isZero();
                assertThat(redis.entries("observed"))
                        .allSatisfy(event -> assertThat(event).containsEntry("end", "FOUND"));
                assertThat(engine.isAlive()).isTrue();
            } finally {
                engine.kill();
            }
        }
    }
}
