package io.heatwire.ops.ask;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the engines of a wiring say together.
 *
 * @param whole the answers of listeners that speak of all stages of their process
 * @param single for each stage that none of these speaks of, the answer of a listener of its own
 * @param silent why nobody speaks of the other stages that were asked for, by stage
 * @param unreachable why listeners that speak of all stages gave no answer
 */
public record Gathered<T extends OfStages>(
        List<T> whole, Map<String, T> single, Map<String, String> silent, List<String> unreachable) {

    /** Whether nobody said anything. */
    public boolean isNothing() {
        return whole.isEmpty() && single.isEmpty();
    }

    /** Whether somebody speaks of each of these stages. */
    public boolean isOf(Collection<String> stages) {
        return stages.stream().allMatch(stage -> of(stage).isPresent());
    }

    /** What is said of the stage. */
    public Optional<T> of(String stage) {
        return whole.stream()
                .filter(answer -> answer.speaksOf(stage))
                .findFirst()
                .or(() -> Optional.ofNullable(single.get(stage)));
    }

    /** Every answer once. */
    public List<T> all() {
        return Stream.concat(whole.stream(), single.values().stream())
                .distinct()
                .toList();
    }

    /** Why there are stages of which nobody speaks, for people; empty when there are none. */
    public String whySilent() {
        return silent.values().stream().distinct().collect(Collectors.joining("; "));
    }

    /** Why nobody said anything, for people. */
    public String whyNothing() {
        return Stream.concat(unreachable.stream(), silent.values().stream())
                .distinct()
                .reduce((one, other) -> one + "; " + other)
                .orElse("nobody to ask");
    }
}
