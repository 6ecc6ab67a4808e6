package io.heatwire.ops.inject;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Ids and times that a stream knows and an entry lacks. */
public final class Fill {

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");
    private static final int PLAN_ID_CHARACTERS = 16;

    private Fill() {}

    /** The fields in the order of the stream, with a new id and the present time where the entry has none; nothing else is added. */
    public static Map<String, String> of(StreamContract contract, Map<String, String> given, long nowMs) {
        Set<String> names = new LinkedHashSet<>(contract.fields());
        contract.needs().forEach(need -> {
            if (need.names().stream().noneMatch(names::contains)) {
                names.add(need.names().get(0));
            }
        });
        Map<String, String> filled = new LinkedHashMap<>();
        names.forEach(name -> {
            if (given.containsKey(name)) {
                filled.put(name, given.getOrDefault(name, ""));
            } else {
                value(name, nowMs).ifPresent(value -> filled.put(name, value));
            }
        });
        given.forEach(filled::putIfAbsent);
        return filled;
    }

    private static Optional<String> value(String name, long nowMs) {
        return switch (name) {
            case "plan_id" -> Optional.of(hex().substring(0, PLAN_ID_CHARACTERS));
            case "trace_id" -> Optional.of(UUID.randomUUID().toString());
            case "ts_epoch", "timestamp", "ts", "last_update_epoch" ->
                Optional.of(Long.toString(Math.floorDiv(nowMs, 1000L)));
            case "computed_at_utc", "ts_utc" ->
                Optional.of(ISO.format(LocalDateTime.ofInstant(Instant.ofEpochMilli(nowMs), ZoneOffset.UTC)));
            default -> Optional.empty();
        };
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
