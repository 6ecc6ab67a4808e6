package io.heatwire.wiring.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.wiring.SmallCatalog;
import io.heatwire.wiring.WiringPlan;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a look at the running system asks of it: calls and rights. */
final class LiveDemandsIT extends LiveCheckOnRedis {

    @Test
    void onlyReadsAndOnlyABoundedNumberOfTimes() {
        redis.command("XADD", PLANS, "1700000000000-0", "plan_id", "1", "symbol", "x");
        redis.command("HSET", "my:state", "equity", "1");
        for (int n = 0; n < 30_000; n++) {
            redis.command("SET", "filling:" + n, "x");
        }
        redis.command("CONFIG", "RESETSTAT");
        small();

        Map<String, Long> calls = calls();
        assertThat(calls.keySet())
                .isSubsetOf(Set.of(
                        "time",
                        "scan",
                        "type",
                        "xinfo|stream",
                        "xinfo|groups",
                        "xinfo|consumers",
                        "exists",
                        "xrevrange",
                        "pttl",
                        "hlen",
                        "hkeys",
                        "info",
                        "acl|whoami",
                        "acl|dryrun",
                        "hello",
                        "auth",
                        "client|setinfo",
                        "config|resetstat",
                        "ping",
                        "select",
                        "client|maint_notifications"));
        assertThat(calls.get("scan")).isLessThanOrEqualTo(40);
        assertThat(calls.values().stream().mapToLong(count -> count).sum()).isLessThan(250);
    }

    @Test
    void aUserWithTheRightsThatArePrintedLacksNothing() {
        plan();
        WiringPlan wiring = load(SMALL, SmallCatalog.ALL, Map.of());
        setUser(wiring, rule -> true);

        assertThat(codes(check(wiring, asUser()))).isEmpty();
    }

    private static Map<String, Long> calls() {
        return String.valueOf(redis.command("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_"))
                .collect(Collectors.toMap(
                        line -> line.substring("cmdstat_".length(), line.indexOf(':')),
                        line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+).*", "$1"))));
    }
}
