package io.heatwire.ops.status;

import io.heatwire.ops.ask.Gathered;
import io.heatwire.ops.ask.HealthAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The healths of several engines as one. A stage whose engine gives none has a row that says so, and is not well. */
final class TogetherHealth {

    private static final List<String> WORST_FIRST = List.of("error", "degraded");
    private static final String STAGES = "stages";

    private final Gathered<HealthAnswer> answers;
    private final List<String> order;
    private final Predicate<Map<?, ?>> isWanted;

    private TogetherHealth(Gathered<HealthAnswer> answers, List<String> order, Predicate<Map<?, ?>> isWanted) {
        this.answers = answers;
        this.order = order;
        this.isWanted = isWanted;
    }

    /** All that was said, the stages in this order. */
    static Map<String, Object> of(Gathered<HealthAnswer> answers, List<String> stages) {
        TogetherHealth together = new TogetherHealth(answers, stages, row -> true);
        Map<String, Object> fields = together.fields(together.statusSaid());
        fields.put("coverage", together.rows("coverage"));
        return fields;
    }

    /** What was said of these stages, in this order; coverage concerns the whole. */
    static Map<String, Object> ofOnly(Gathered<HealthAnswer> answers, List<String> stages) {
        TogetherHealth together =
                new TogetherHealth(answers, stages, row -> stages.contains(String.valueOf(row.get("stage"))));
        return together.fields(together.statusSeen());
    }

    private Map<String, Object> fields(String status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", answers.silent().isEmpty() ? status : status + ", " + howManySilent());
        fields.put("redis", each("redis"));
        fields.put("server", each("server"));
        List<Map<?, ?>> stages = new ArrayList<>(rows(STAGES));
        answers.silent()
                .forEach((stage, why) -> stages.add(Map.of("stage", stage, "state", "unknown !", "error", why)));
        stages.sort(Comparator.comparingInt(row -> place(String.valueOf(row.get("stage")))));
        fields.put(STAGES, stages);
        fields.put("edges", rows("edges"));
        fields.put("accounts", rows("accounts"));
        return fields;
    }

    private int place(String stage) {
        int place = order.indexOf(stage);
        return place < 0 ? order.size() : place;
    }

    private String howManySilent() {
        return "and nothing is known of " + answers.silent().size() + " of " + order.size() + " stages";
    }

    /** What one process says of all its stages, and what others say of the one stage each was asked for. */
    private List<Map<?, ?>> rows(String name) {
        Stream<Map<?, ?>> whole = answers.whole().stream().flatMap(answer -> answer.rows(name).stream());
        Stream<Map<?, ?>> single = answers.single().entrySet().stream()
                .flatMap(each -> each.getValue().rows(name).stream()
                        .filter(row -> each.getKey().equals(row.get("stage"))));
        return Stream.concat(whole, single).filter(isWanted).toList();
    }

    private String statusSaid() {
        return worst(answers.all().stream().map(answer -> answer.text("status")).toList());
    }

    private String statusSeen() {
        boolean isWell = rows("edges").stream().noneMatch(edge -> Boolean.FALSE.equals(edge.get("well")));
        List<String> words = rows(STAGES).stream()
                .map(row -> String.valueOf(row.get("status")))
                .collect(Collectors.toCollection(ArrayList::new));
        words.add(isWell ? "ok" : "degraded");
        return worst(words);
    }

    private static String worst(Collection<String> words) {
        return WORST_FIRST.stream()
                .filter(words::contains)
                .findFirst()
                .or(() -> words.stream().filter(word -> !word.equals("ok")).findFirst())
                .orElse("ok");
    }

    private String each(String name) {
        return answers.all().stream()
                .map(answer -> answer.text(name))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
