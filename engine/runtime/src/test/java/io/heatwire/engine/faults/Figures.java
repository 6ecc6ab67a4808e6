package io.heatwire.engine.faults;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must not grow, by its name. */
record Figures(Map<String, Long> values) {

    private static final long MEGABYTE = 1 << 20;

    static Figures of(Console redis) {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put("heap after a collection, KB (the suite's own process: two engines, feeder, audit)", heap() / 1024);
        values.put("direct memory, KB", Math.max(0, PlatformDependent.usedDirectMemory()) / 1024);
        values.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        values.put(
                "connections to Redis",
                String.valueOf(redis.call("CLIENT", "LIST")).lines().count());
        values.put("keys in Redis", redis.number("DBSIZE"));
        values.put("used_memory of Redis, KB", usedMemory(redis) / 1024);
        return new Figures(values);
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Pause.ms(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long usedMemory(Console redis) {
        String info = String.valueOf(redis.call("INFO", "memory"));
        return Long.parseLong(info.split("used_memory:")[1].split("\r\n")[0]);
    }

    /** What is more than half as much again as it was, and more than moves by itself. */
    List<String> grownSince(Figures before) {
        List<String> grown = new ArrayList<>();
        values.forEach((name, value) -> {
            long was = before.values.get(name);
            long moves = name.contains("KB") ? 8 * MEGABYTE / 1024 : 8;
            if (value > was + was / 2 && value > was + moves) {
                grown.add(name + ": " + was + ", then " + value);
            }
        });
        return grown;
    }
}
