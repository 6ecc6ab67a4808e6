package io.heatwire.ops.cli;

import io.heatwire.wiring.problem.Explanation;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Explains the codes that a check gives. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = "Explains a code of heatwire check: what it means, wrong and right, and what comes of it.",
        footer = {"%nWithout a code it lists them all."})
final class ExplainCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Parameters(paramLabel = "CODE", arity = "0..1", description = "for example W080")
    private @Nullable String code;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (code == null) {
            list();
            return Exit.OK;
        }
        String asked = code;
        Optional<ProblemCode> found = ProblemCode.of(asked);
        console.out()
                .print(Explanation.of(found.orElseThrow(() -> unknown(asked))).render());
        console.out().flush();
        return Exit.OK;
    }

    private void list() {
        for (String id : ProblemCode.ids()) {
            Explanation explanation = Explanation.of(ProblemCode.of(id).orElseThrow());
            console.out().printf("%s  %-7s  %s%n", id, level(explanation.code()), explanation.title());
        }
        console.out().flush();
    }

    private static String level(ProblemCode code) {
        return code.isWarning() ? "warning" : "error";
    }

    private ParameterException unknown(String asked) {
        String near = Nearest.to(asked.toUpperCase(Locale.ROOT), ProblemCode.ids())
                .map(id -> "; did you mean " + id + "?")
                .orElse("; heatwire explain lists them all");
        return arguments.refusal("there is no code " + shown(asked) + near);
    }

    private static String shown(String asked) {
        return Shown.quoted(asked);
    }
}
