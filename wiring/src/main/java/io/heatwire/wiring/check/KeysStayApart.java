package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * No two declarations can mean one key of Redis: with two types one of the sides gets an error for each command, with one type
 * they overwrite each other. The very same template twice is another rule's when the types agree.
 */
final class KeysStayApart implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        List<Resource> all = wires.resources();
        List<KeyPattern> patterns = all.stream().map(KeyPattern::of).toList();
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (patterns.get(i).canMeet(patterns.get(j))) {
                    check(all.get(j), all.get(i), wires, findings);
                }
            }
        }
    }

    private static void check(Resource first, Resource second, Wires wires, Findings findings) {
        boolean isSameText = first.key().text().equals(second.key().text());
        if (!first.type().equals(second.type())) {
            note(ProblemCode.TYPES_CLASH, first, second, wires, findings);
        } else if (!isSameText
                && !(first.isStream() && second.isStream())
                && !(wires.writers(first).isEmpty() && wires.writers(second).isEmpty())) {
            note(ProblemCode.KEYS_OVERLAP, first, second, wires, findings);
        }
    }

    private static void note(ProblemCode code, Resource first, Resource second, Wires wires, Findings findings) {
        List<Related> related = new ArrayList<>();
        related.add(new Related(first.key().place(), first.title() + " has this key"));
        use(first, wires, related);
        use(second, wires, related);
        boolean isSameText = first.key().text().equals(second.key().text());
        String how = isSameText ? " is also " : " can be the same as ";
        findings.add(
                code,
                second.key().place(),
                "the key of " + second.title() + ", "
                        + Shown.quoted(second.key().text()) + "," + how + first.title()
                        + ", " + Shown.quoted(first.key().text())
                        + (code.isWarning() ? ": one can overwrite the other" : ": a key of Redis has one type"),
                code.isWarning()
                        ? "give them different prefixes"
                        : "give both the type that their writer writes, or one of them another key",
                related);
    }

    /** Who writes it, or else who reads it. */
    private static void use(Resource resource, Wires wires, List<Related> related) {
        wires.writers(resource).stream()
                .findFirst()
                .or(() -> wires.readers(resource).stream().findFirst())
                .ifPresent(end -> related.add(end.related()));
    }
}
