package io.heatwire.wiring.chain;

import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.operators.world.OperatorWorld;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Reads what a stage left in Redis and on its meters into the world that the operators' own tests compare. */
final class RedisWorld {

    private static final long TTL_SLACK_MS = 2_000;
    private static final long SHADOW_TTL_MS = 600_000;
    private static final long PUBLISHED_TTL_MS = 300_000;

    private final TestRedis redis;
    private final StagePlan stage;
    private final TreeSet<Long> ttls = new TreeSet<>(List.of(SHADOW_TTL_MS, PUBLISHED_TTL_MS));
    private final OperatorWorld world = new OperatorWorld();

    /**
     * A reader.
     *
     * @param moreTtlsMs times to live that a case gave by command
     */
    RedisWorld(TestRedis redis, StagePlan stage, List<Long> moreTtlsMs) {
        this.redis = redis;
        this.stage = stage;
        ttls.addAll(moreTtlsMs);
        stage.config().settings().forEach((name, value) -> {
            if (name.contains("ttl")) {
                ttls.add((Long) value * 1000);
            }
        });
    }

    OperatorWorld read(MeterRegistry registry) {
        for (Object key : (List<?>) redis.command("KEYS", "*")) {
            if (!isHousekeeping((String) key)) {
                read((String) key);
            }
        }
        ScrapedMeters meters = new ScrapedMeters(stage);
        world.scrape = meters::scraped;
        registry.getMeters().forEach(meter -> read(meter, meters));
        return world;
    }

    /** The saved offset and the lease of the stage's consumer are the engine's own; the recorded system has none. */
    private boolean isHousekeeping(String key) {
        return stage.source() instanceof SourcePlan.FromStream from
                && (key.equals(from.key() + ":offset:" + from.group())
                        || key.equals(from.key() + ":consumer:" + from.group() + ":" + from.consumer()));
    }

    private void read(String key) {
        switch ((String) redis.command("TYPE", key)) {
            case "hash" -> world.hashes.put(key, redis.hash(key));
            case "string" -> world.values.put(key, (String) redis.command("GET", key));
            case "list" -> world.values.put(key, (String) redis.command("LINDEX", key, "0"));
            case "set" -> world.values.put(key, (String) redis.command("SRANDMEMBER", key));
            case "stream" -> stream(key);
            default -> throw new IllegalStateException("no reading of " + key);
        }
        long ttl = redis.number("PTTL", key);
        if (ttl >= 0) {
            world.ttlMs.put(key, meant(ttl));
        }
    }

    /** The time to live this was, if it was set within the last two seconds. */
    private long meant(long ttlMs) {
        Long next = ttls.ceiling(ttlMs);
        return next != null && next - ttlMs <= TTL_SLACK_MS ? next : ttlMs;
    }

    private void stream(String key) {
        List<Event> entries = entries(key);
        stage.streams().forEach((port, bound) -> {
            if (bound.equals(key)) {
                world.streams.put(port, entries);
            }
        });
        if (key.equals(stage.deadStream())) {
            entries.forEach(letter -> world.dead.add(reason(letter.get("heatwire_reason", ""))));
        }
    }

    private List<Event> entries(String key) {
        List<Event> entries = new ArrayList<>();
        for (Object entry : (List<?>) redis.command("XRANGE", key, "-", "+")) {
            List<?> pair = (List<?>) entry;
            List<?> flat = (List<?>) pair.get(1);
            Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 0; i < flat.size(); i += 2) {
                fields.put((String) flat.get(i), (String) flat.get(i + 1));
            }
            entries.add(Event.of(EntryId.parse((String) pair.get(0)), fields));
        }
        return entries;
    }

    /** The words of the operators' tests, which know neither keys nor decoders. */
    private static String reason(String reason) {
        return reason.startsWith("wrong_type:")
                ? "wrong_type"
                : reason.equals("unreadable:not UTF-8") ? "not_utf8" : reason;
    }

    private void read(Meter meter, ScrapedMeters meters) {
        MeterSpec spec = meters.spec(meter.getId().getName());
        if (spec != null) {
            List<String> labels = spec.labels().stream()
                    .map(label -> meter.getId().getTag(label.name()))
                    .toList();
            boolean histogram = meter instanceof DistributionSummary;
            double value = histogram
                    ? ((DistributionSummary) meter).count()
                    : meter.measure().iterator().next().getValue();
            if (value != 0) {
                world.meters.put(ScrapedMeters.series(spec, labels) + (histogram ? "_count" : ""), value);
            }
        }
    }
}
