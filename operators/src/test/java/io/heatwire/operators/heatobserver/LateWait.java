package io.heatwire.operators.heatobserver;

import com.google.gson.JsonObject;
import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.VectorFields;
import java.util.ArrayList;
import java.util.List;

/**
 * How one wait goes by the poller's rule: looks at the ages 0, poll, 2 poll, ... below the deadline and one last look at the end
 * of the last sleep; the second failed look ends it. A look finds and reads in one command.
 *
 * @param looksMs ages of the looks before the last one
 * @param endMs age at the end
 */
record LateWait(List<Long> looksMs, long endMs, PollingOperator.End end, Answer answer) {

    private static final String DEFAULT_PLAN = "3c625b759653ee60";
    private static final int TOO_MANY_ERRORS = 2;

    static LateWait of(PollingOperator.Schedule schedule, JsonObject given, String key) {
        ObserverFaults faults = new ObserverFaults(given);
        List<Long> looks = new ArrayList<>();
        int errors = 0;
        int reads = 0;
        long ageMs = 0;
        for (; ageMs < schedule.maxWaitMs(); ageMs += schedule.pollMs()) {
            looks.add(ageMs);
            Answer answer = answer(given, key, ageMs);
            boolean failed = faults.hits("poll_exists", looks.size())
                    || !(answer instanceof Answer.Missing) && faults.hits("hgetall", ++reads);
            if (failed && ++errors == TOO_MANY_ERRORS) {
                return new LateWait(looks, ageMs, PollingOperator.End.REDIS_ERROR, error(faults));
            }
            if (!failed && !(answer instanceof Answer.Missing)) {
                return new LateWait(looks, ageMs, PollingOperator.End.FOUND, answer);
            }
        }
        Answer last = faults.hits("hgetall", reads + 1) ? error(faults) : answer(given, key, ageMs);
        boolean found = !(last instanceof Answer.Missing) && !isRedisError(last);
        return new LateWait(looks, ageMs, found ? PollingOperator.End.FOUND : PollingOperator.End.TIMEOUT, last);
    }

    private static Answer answer(JsonObject given, String key, long ageMs) {
        boolean broken = VectorFields.commands(given.get("pre_commands")).stream()
                .anyMatch(command ->
                        command.get(0).equals("SET") && command.get(1).equals(key));
        if (broken) {
            return new Answer.Failed(Answer.Failure.WRONG_TYPE, "a string");
        }
        boolean there = given.get("by_plan").isJsonObject()
                && key.equals(ObservedWorld.BY_PLAN + DEFAULT_PLAN)
                && ageMs >= time(given, "by_plan_appears_at_ms", 0)
                && ageMs < time(given, "by_plan_deleted_at_ms", Long.MAX_VALUE);
        if (!there) {
            return Answer.MISSING;
        }
        JsonObject heat = given.getAsJsonObject("by_plan");
        return VectorFields.areText(heat)
                ? new Answer.Fields(VectorFields.of(heat))
                : new Answer.Failed(Answer.Failure.NOT_UTF8, "a value");
    }

    private static long time(JsonObject given, String name, long otherwise) {
        return given.has(name) ? given.get(name).getAsLong() : otherwise;
    }

    private static Answer error(ObserverFaults faults) {
        return new Answer.Failed(Answer.Failure.REDIS_ERROR, faults.error());
    }

    private static boolean isRedisError(Answer answer) {
        return answer instanceof Answer.Failed failed && failed.failure() == Answer.Failure.REDIS_ERROR;
    }
}
