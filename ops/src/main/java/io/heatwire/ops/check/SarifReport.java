package io.heatwire.ops.check;

import io.heatwire.ops.http.JsonText;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Explanation;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as SARIF 2.1.0, which code hosts and editors show at the line. */
public final class SarifReport {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final String uri;
    private final List<ProblemCode> rules;

    private SarifReport(WiringResult result) {
        this.uri = uri(result.source().name());
        this.rules = result.findings().stream()
                .map(Problem::code)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The findings of a load.
     *
     * @param version the version of this program
     */
    public static String render(WiringResult result, String version) {
        return new SarifReport(result).log(result.findings(), version);
    }

    private String log(List<Problem> findings, String version) {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "heatwire");
        driver.put("version", version);
        driver.put("rules", rules.stream().map(SarifReport::rule).toList());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver));
        run.put("columnKind", "unicodeCodePoints");
        run.put("results", findings.stream().map(this::result).toList());
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return JsonText.of(log) + "\n";
    }

    private static Map<String, Object> rule(ProblemCode code) {
        Explanation explanation = Explanation.of(code);
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("id", code.id());
        rule.put("shortDescription", text(explanation.title()));
        rule.put("fullDescription", text(explanation.meaning()));
        rule.put("help", text(explanation.render()));
        rule.put("defaultConfiguration", Map.of("level", level(code)));
        return rule;
    }

    private Map<String, Object> result(Problem problem) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ruleId", problem.code().id());
        result.put("ruleIndex", rules.indexOf(problem.code()));
        result.put("level", level(problem.code()));
        result.put("message", text(message(problem)));
        result.put("locations", List.of(Map.of("physicalLocation", physical(problem.place()))));
        result.put(
                "relatedLocations",
                problem.related().stream()
                        .map(end -> Map.of("physicalLocation", physical(end.place()), "message", text(end.what())))
                        .toList());
        if (!problem.instead().isEmpty()) {
            result.put("properties", Map.of("fix", problem.instead()));
        }
        return result;
    }

    /** SARIF's own fixes are replacements of text; what to write instead is advice, so it goes into the message. */
    private static String message(Problem problem) {
        return problem.instead().isEmpty() ? problem.what() : problem.what() + ". Instead: " + problem.instead();
    }

    private Map<String, Object> physical(Place place) {
        Map<String, Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", Map.of("uri", uri));
        if (place.line() > 0) {
            physical.put("region", Map.of("startLine", place.line(), "startColumn", Math.max(1, place.column())));
        }
        return physical;
    }

    private static Map<String, Object> text(String text) {
        return Map.of("text", text);
    }

    private static String level(ProblemCode code) {
        return code.isWarning() ? "warning" : "error";
    }

    private static String uri(String path) {
        try {
            String scheme = path.startsWith("/") ? "file" : null;
            return new URI(scheme, null, path, null).toASCIIString();
        } catch (URISyntaxException strange) {
            // A relative name with a colon in its first part would be taken for a scheme.
            return URI.create("./").toString();
        }
    }
}
