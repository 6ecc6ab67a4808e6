package io.heatwire.operators.applyplanner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** As much of Redis as the recorded commands need, over maps that the caller owns. */
final class PlanRedis {

    /** Where the keys begin that the planner reads or writes; what happens to others does not matter to it. */
    private static final List<String> READ = List.of(
            "quantum:harvest:",
            "quantum:kill",
            "quantum:global:",
            "quantum:apply:",
            "quantum:dedupe:",
            "quantum:stream:");

    final Map<String, Map<String, String>> hashes;
    final Map<String, String> values;
    final Map<String, Long> ttlMs;
    /** Hashes that hold bytes which are no UTF-8. */
    final Set<String> unreadable = new TreeSet<>();

    PlanRedis(Map<String, Map<String, String>> hashes, Map<String, String> values, Map<String, Long> ttlMs) {
        this.hashes = hashes;
        this.values = values;
        this.ttlMs = ttlMs;
    }

    static PlanRedis empty() {
        return new PlanRedis(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    void putHash(String key, JsonObject fields) {
        for (String name : fields.keySet()) {
            put(key, name, fields.get(name));
        }
    }

    void run(List<JsonElement> command) {
        String key = command.get(1).getAsString();
        switch (command.get(0).getAsString()) {
            case "SET" -> set(key, command.get(2).getAsString());
            case "SETEX" -> {
                set(key, command.get(3).getAsString());
                ttlMs.put(key, command.get(2).getAsLong() * 1000);
            }
            case "HSET" -> {
                for (int i = 2; i + 1 < command.size(); i += 2) {
                    put(key, command.get(i).getAsString(), command.get(i + 1));
                }
            }
            case "HDEL" ->
                command.subList(2, command.size())
                        .forEach(field -> hashes.getOrDefault(key, Map.of()).remove(field.getAsString()));
            case "DEL" -> command.subList(1, command.size()).forEach(each -> delete(each.getAsString()));
            case "EXPIRE" -> ttlMs.put(key, command.get(2).getAsLong() * 1000);
            default -> {
                if (READ.stream().anyMatch(key::startsWith)) {
                    throw new IllegalStateException("no such command here: " + command);
                }
            }
        }
    }

    private void set(String key, String value) {
        delete(key);
        values.put(key, value);
    }

    private void delete(String key) {
        hashes.remove(key);
        values.remove(key);
        ttlMs.remove(key);
        unreadable.remove(key);
    }

    private void put(String key, String name, JsonElement value) {
        if (value.isJsonPrimitive()) {
            hashes.computeIfAbsent(key, each -> new TreeMap<>()).put(name, value.getAsString());
        } else {
            unreadable.add(key);
        }
    }
}
