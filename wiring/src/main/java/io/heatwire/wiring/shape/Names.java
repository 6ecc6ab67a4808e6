package io.heatwire.wiring.shape;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.regex.Pattern;

/** Names the file gives: they become parts of keys, labels of metrics and words on the command line. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private Names() {}

    static void check(Node.Scalar name, Findings findings) {
        if (!NAME.matcher(name.text()).matches()) {
            findings.add(
                    ProblemCode.BAD_NAME,
                    name.place(),
                    Shown.quoted(name.text()) + " cannot be a name",
                    "use lower-case letters, digits and _, a letter first, at most 63 in all");
        }
    }
}
