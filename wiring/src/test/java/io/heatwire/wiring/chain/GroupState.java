package io.heatwire.wiring.chain;

import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.SourcePlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Redis knows of a stage's group. */
final class GroupState {

    private GroupState() {}

    /** The row of XINFO GROUPS. */
    static Map<String, Object> of(TestRedis redis, SourcePlan.FromStream source) {
        for (Object row : (List<?>) redis.command("XINFO", "GROUPS", source.key())) {
            Map<String, Object> group = new HashMap<>();
            List<?> flat = (List<?>) row;
            for (int i = 0; i < flat.size(); i += 2) {
                group.put((String) flat.get(i), flat.get(i + 1));
            }
            if (source.group().equals(group.get("name"))) {
                return group;
            }
        }
        throw new AssertionError("no group " + source.group() + " on " + source.key());
    }

    /** Whether nothing is pending and nothing is left to read. */
    static boolean isDone(TestRedis redis, SourcePlan.FromStream source) {
        Map<String, Object> group = of(redis, source);
        return Long.valueOf(0).equals(group.get("pending")) && Long.valueOf(0).equals(group.get("lag"));
    }
}
