package io.heatwire.ops.trace;

import io.heatwire.ops.http.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A timeline as values. */
final class TraceJson {

    private TraceJson() {}

    static String of(Evidence evidence, List<Step> steps, Verdict verdict) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("field", evidence.request().field());
        values.put("id", evidence.request().id());
        values.put("now_ms", evidence.nowMs());
        values.put("complete", verdict.isComplete());
        values.put("verdict", verdict.sentence());
        values.put("steps", steps.stream().map(TraceJson::step).toList());
        values.put("stages", evidence.stands().stream().map(TraceJson::stand).toList());
        values.put("keys", evidence.keys().stream().map(TraceJson::key).toList());
        values.put("streams", evidence.streams().stream().map(TraceJson::stream).toList());
        return JsonText.of(values);
    }

    private static Map<String, Object> step(Step step) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("at_ms", step.atMs());
        values.put("what", step.what());
        values.put("where", step.where());
        return values;
    }

    private static Map<String, Object> stand(Stand stand) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stage", stand.stage());
        values.put("stream", stand.stream());
        values.put("entry", stand.entry().id().toString());
        values.put("has_group", stand.group().isPresent());
        values.put("delivered", stand.isGiven());
        values.put("settled", stand.isPast());
        values.put(
                "dead_letter",
                stand.letter().map(letter -> letter.id().toString()).orElse(""));
        stand.pending().ifPresent(pending -> {
            values.put("consumer", pending.consumer());
            values.put("idle_ms", pending.idleMs());
            values.put("deliveries", pending.deliveries());
        });
        return values;
    }

    private static Map<String, Object> key(KeyFound key) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", key.name());
        values.put("key", key.key());
        values.put("type", key.type());
        values.put("expires_ms", key.expiresMs());
        values.put("written_ms", key.writtenMs());
        values.put("ttl_ms", key.lifeMs());
        return values;
    }

    private static Map<String, Object> stream(StreamFound stream) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", stream.name());
        values.put("key", stream.key());
        values.put("type", stream.type());
        values.put("looked_at", stream.scanned());
        values.put("stopped_early", stream.isCutShort());
        values.put(
                "entries",
                stream.entries().stream().map(entry -> entry.id().toString()).toList());
        return values;
    }
}
