package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestRedis;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.OnGroupLost;
import io.heatwire.engine.plan.SourcePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One group of one stream on a real server, and links that open it. */
abstract class GroupOnRedis {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String OFFSET = "in:offset:g";
    TestRedis redis;
    RedisLinks links;

    @BeforeEach
    void start() {
        redis = TestRedis.start();
        links = new RedisLinks(redis.plan());
    }

    @AfterEach
    void stop() {
        links.close().block(PATIENCE);
        redis.close();
    }

    static SourcePlan.FromStream source(OnGroupLost answer) {
        return new SourcePlan.FromStream("in", "g", "c", 100, 100, 30_000, 16, Map.of()).onGroupLost(answer);
    }

    GroupFound open(OnGroupLost answer) {
        StageLink link = links.open(source(answer), "return 1").block(PATIENCE);
        link.close().block(PATIENCE);
        return link.group();
    }

    GroupFound open() {
        return open(OnGroupLost.RESUME);
    }

    void feed(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(id -> redis.command("XADD", "in", id + "-0", "n", "" + id));
    }

    void read(String consumer, int count) {
        redis.command("XREADGROUP", "GROUP", "g", consumer, "COUNT", "" + count, "STREAMS", "in", ">");
    }

    /** As the commits would leave it: these are acknowledged, and where the group stands is saved. */
    void settle(int... ids) {
        for (int id : ids) {
            redis.command("XACK", "in", "g", id + "-0");
        }
        long held = redis.pending("in", "g");
        List<?> rows = (List<?>) redis.command("XPENDING", "in", "g", "-", "+", "1000");
        int top = IntStream.of(ids).max().orElse(0);
        List<String> pending = new ArrayList<>();
        rows.forEach(row -> pending.add((String) ((List<?>) row).get(0)));
        int first = pending.isEmpty() ? 0 : Integer.parseInt(pending.get(0).replace("-0", ""));
        String last = group("last-delivered-id");
        String low = pending.isEmpty() ? last : (first - 1) + "-18446744073709551615";
        redis.command(
                "HSET",
                OFFSET,
                "last",
                last,
                "low",
                low,
                "top",
                top + "-0",
                "held",
                "" + held,
                "read",
                group("entries-read"),
                "settled",
                "" + ids.length,
                "base",
                "0");
        if (!pending.isEmpty() && top > first) {
            redis.command("HSET", OFFSET, "pending", String.join(" ", pending));
        }
    }

    String group(String column) {
        List<?> row = (List<?>) ((List<?>) redis.command("XINFO", "GROUPS", "in")).get(0);
        return String.valueOf(row.get(row.indexOf(column) + 1));
    }

    List<String> deliveredNext() {
        List<String> ids = new ArrayList<>();
        Object reply = redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "1000", "STREAMS", "in", ">");
        if (reply != null) {
            List<?> entries = (List<?>) ((List<?>) ((List<?>) reply).get(0)).get(1);
            entries.forEach(entry -> ids.add((String) ((List<?>) entry).get(0)));
        }
        return ids;
    }

    void accountIsOpen() {
        Map<String, String> saved = redis.hash(OFFSET);
        if (!saved.get("read").isEmpty()) {
            long account =
                    Long.parseLong(saved.get("base")) + Long.parseLong(saved.get("settled")) + redis.pending("in", "g");
            assertThat(saved).containsEntry("read", "" + account);
        } else {
            assertThat(saved).doesNotContainKey("base");
        }
    }
}
