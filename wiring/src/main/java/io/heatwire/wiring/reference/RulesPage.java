package io.heatwire.wiring.reference;

import io.heatwire.wiring.problem.Explanation;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;

/** What can be wrong with a wiring, code by code. */
final class RulesPage {

    private RulesPage() {}

    static String render() {
        List<Explanation> all =
                Arrays.stream(ProblemCode.values()).map(Explanation::of).toList();
        Markdown page = new Markdown()
                .title(
                        "Rules",
                        "What `heatwire check` and every start hold a wiring against. An error refuses the start with exit"
                                + " code 78; a warning does not. What begins with L only the running Redis shows (`heatwire"
                                + " check --live` and every start); which of these refuse a start stands with each. `heatwire explain W080` says the same in a terminal. The"
                                + " numbers are stable.")
                .table(
                        List.of("code", "", "what is wrong"),
                        all.stream().map(RulesPage::row).toList());
        for (Explanation explanation : all) {
            page.chapter(explanation.code().id() + " " + explanation.title())
                    .paragraph(explanation.meaning())
                    .paragraph("Wrong:")
                    .example(explanation.wrong())
                    .paragraph("Right:")
                    .example(explanation.right())
                    .paragraph(explanation.why());
        }
        return page.toString();
    }

    private static List<String> row(Explanation explanation) {
        return List.of(
                explanation.code().id(),
                explanation.code().isWarning() ? "warning" : "error",
                Markdown.sentence(explanation.title()));
    }
}
