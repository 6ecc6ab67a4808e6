package io.heatwire.ops.page;

import io.heatwire.engine.dead.DeadLetter;
import io.heatwire.engine.dead.DeadLetters;
import io.heatwire.engine.dead.LetterHead;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.http.JsonText;
import io.heatwire.ops.tap.Secrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest dead letters of a stage. What stands in them may be anything: it is escaped and cut. */
final class LettersJson {

    private static final int NEWEST = 5;
    private static final int FIELDS = 20;
    private static final int BYTES = 160;

    private LettersJson() {}

    static String read(EnginePlan plan, StagePlan stage) {
        try (DeadDesk desk = DeadDesk.open(plan)) {
            DeadLetters letters = desk.letters(stage);
            List<Map<String, Object>> shown = new ArrayList<>();
            // One at a time: a letter may be as large as Redis allows.
            for (LetterHead head : desk.awaitAll(letters.newestFirst(NEWEST))) {
                desk.await(letters.letter(head.id())).ifPresent(letter -> shown.add(letter(letter)));
            }
            return JsonText.of(Map.of("stage", stage.name(), "letters", shown));
        }
    }

    private static Map<String, Object> letter(DeadLetter letter) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", letter.id().toString());
        values.put("at_ms", letter.id().ms());
        DeadLetter.Stamp stamp = letter.stamp();
        values.put(
                "reason",
                stamp == null ? "no stage wrote this letter, or it cannot be unpacked" : shown(stamp.reason()));
        values.put("source_id", stamp == null ? "" : shown(stamp.sourceId()));
        values.put("deliveries", stamp == null ? "" : shown(stamp.deliveries()));
        values.put(
                "fields",
                letter.fields().stream().limit(FIELDS).map(LettersJson::field).toList());
        values.put("more", Math.max(0, letter.fields().size() - FIELDS));
        return values;
    }

    private static Map<String, Object> field(DeadLetter.Field field) {
        String value =
                Secrets.isSecret(field.name()) ? "*** (" + field.value().length + " bytes)" : shown(field.value());
        return Map.of("name", shown(field.name()), "value", value);
    }

    private static String shown(byte[] bytes) {
        return Escaped.cut(bytes, BYTES);
    }
}
