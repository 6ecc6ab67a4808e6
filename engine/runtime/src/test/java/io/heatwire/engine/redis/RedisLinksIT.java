package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.SourcePlan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisLinksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SourcePlan.FromStream SOURCE =
            new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());

    private static long connections(TestRedis redis) {
        return ((String) redis.command("CLIENT", "LIST")).lines().count();
    }

    @Test
    void leavesNoConnectionOpenWhenOpeningFailsAndNoneAtAllBehindItsEnd() {
        try (TestRedis redis = TestRedis.start()) {
            RedisLinks links = new RedisLinks(redis.plan());
            long before = connections(redis);
            for (int i = 0; i < 20; i++) {
                links.open(SOURCE, "no lua at all").onErrorComplete().block(PATIENCE);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connections(redis)).isEqualTo(before));
            for (int i = 0; i < 50; i++) {
                links.open(SOURCE, "return 1")
                        .timeout(Duration.ofMillis(1 + i % 5))
                        .onErrorComplete()
                        .block(PATIENCE);
            }
            links.close().block(PATIENCE);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(connections(redis)).isEqualTo(before));
        }
    }
}
