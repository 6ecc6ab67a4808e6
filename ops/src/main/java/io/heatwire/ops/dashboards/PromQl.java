package io.heatwire.ops.dashboards;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Expressions as the catalogues of panels and alerts write them: every metric with braces, also when nothing stands in them, and
 * without the job. That makes the metrics of an expression easy to find, and the job is written by one place.
 */
final class PromQl {

    /** The job under which Prometheus scrapes Heatwire: others use the names p26_, p27_ and p28_ for other things. */
    static final String JOB = "heatwire";

    private static final Pattern SELECTOR = Pattern.compile("([a-z_][a-z0-9_]*)\\{([^}]*)}");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

    private PromQl() {}

    /** The expression for this job only. */
    static String ofJob(String expression) {
        return SELECTOR.matcher(expression)
                .replaceAll(selector -> Matcher.quoteReplacement(selector.group(1)
                        + "{job=\""
                        + JOB
                        + "\""
                        + (selector.group(2).isEmpty() ? "" : ",")
                        + selector.group(2)
                        + "}"));
    }

    /** The metrics an expression speaks of. */
    static Set<String> metrics(String expression) {
        return SELECTOR.matcher(expression)
                .results()
                .map(selector -> selector.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What stands in quotes behind {@code =~} or {@code !~} to match exactly these values. */
    static String anyOf(Collection<String> values) {
        return values.stream().map(PromQl::literal).collect(Collectors.joining("|"));
    }

    /** What selects the series whose label has one of these values. */
    static String matcher(String label, List<String> values) {
        return values.size() == 1
                ? label + "=\"" + quotable(values.get(0)) + "\""
                : label + "=~\"" + anyOf(values) + "\"";
    }

    private static String literal(String value) {
        String pattern = SPECIAL.matcher(value).replaceAll(Matcher.quoteReplacement("\\") + "$0");
        return quotable(pattern);
    }

    /** The text as it stands between double quotes. */
    static String quotable(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
