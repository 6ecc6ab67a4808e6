package io.heatwire.wiring.environment;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One text: {@code ${NAME}} must be set, {@code ${NAME:-default}} takes the default when it is unset or empty, {@code
 * ${NAME-default}} only when it is unset, as in a shell; {@code $$} is a dollar sign. Values are never looked into again.
 */
final class Substitution {

    private final Node.Scalar scalar;
    private final String text;
    private final Map<String, String> variables;
    private final Findings findings;
    private final StringBuilder result = new StringBuilder();
    private final Set<String> used = new LinkedHashSet<>();
    private boolean isBroken;

    Substitution(Node.Scalar scalar, Map<String, String> variables, Findings findings) {
        this.scalar = scalar;
        this.text = scalar.text();
        this.variables = variables;
        this.findings = findings;
    }

    Node result() {
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith("$$", at)) {
                result.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                at = reference(at + 2);
            } else {
                result.append(text.charAt(at));
                at++;
            }
        }
        return isBroken
                ? new Node.Broken(scalar.place())
                : new Node.Scalar(result.toString(), false, String.join(", ", used), scalar.place());
    }

    /** Puts in the value of the reference that begins here and returns where the text goes on. */
    private int reference(int from) {
        int close = closingBrace(from);
        if (close < 0) {
            return malformed("'${' without '}'", text.length());
        }
        String inside = text.substring(from, close);
        int nameEnd = endOfName(inside);
        String name = inside.substring(0, nameEnd);
        String rest = inside.substring(nameEnd);
        if (name.isEmpty()) {
            return malformed("'${' is not followed by a name", close + 1);
        }
        if (!(rest.isEmpty() || rest.startsWith(":-") || rest.startsWith("-"))) {
            return malformed(Shown.quoted("${" + name) + " is not followed by a default or by }", close + 1);
        }
        if (rest.contains("${")) {
            return malformed("a default cannot refer to another variable", close + 1);
        }
        put(name, rest);
        return close + 1;
    }

    private void put(String name, String rest) {
        String value = variables.get(name);
        boolean isTaken = value != null && !(value.isEmpty() && rest.startsWith(":-"));
        if (isTaken) {
            used.add(name);
            result.append(value);
        } else if (!rest.isEmpty()) {
            result.append(rest.substring(rest.indexOf('-') + 1));
        } else {
            missing(name);
        }
    }

    private void missing(String name) {
        isBroken = true;
        findings.add(
                ProblemCode.VARIABLE_MISSING,
                scalar.place(),
                "the environment variable " + Shown.plain(name) + " is not set",
                "set it, or give a default: ${" + Shown.plain(name) + ":-default}");
    }

    private int malformed(String what, int next) {
        isBroken = true;
        findings.add(
                ProblemCode.VARIABLE_MALFORMED,
                scalar.place(),
                what,
                "write ${NAME}, ${NAME:-default}, or $$ for a dollar sign");
        return next;
    }

    /** A default may hold braces of its own, as key templates do; they come in pairs. */
    private int closingBrace(int from) {
        int open = 1;
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == '{') {
                open++;
            } else if (text.charAt(at) == '}' && --open == 0) {
                return at;
            }
        }
        return -1;
    }

    private static int endOfName(String inside) {
        int at = 0;
        while (at < inside.length() && isNamePart(inside.charAt(at), at)) {
            at++;
        }
        return at;
    }

    private static boolean isNamePart(char c, int at) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || (at > 0 && c >= '0' && c <= '9');
    }
}
