package io.heatwire.ops.check;

import io.heatwire.ops.http.JsonText;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.live.LiveReport;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as one JSON object; docs/running.md says what is in it. Fields are only ever added. */
public final class JsonReport {

    private JsonReport() {}

    /** The findings of a load, on one line. */
    public static String render(WiringResult result) {
        return render(result, List.of());
    }

    /** The same with the parts of a look at the running system, if there was one. */
    public static String render(WiringResult result, List<LiveReport.Part> parts) {
        List<Problem> findings = result.findings();
        long warnings =
                findings.stream().filter(problem -> problem.code().isWarning()).count();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("file", result.source().name());
        report.put("ok", result instanceof WiringResult.Ready);
        report.put("problems", findings.size() - warnings);
        report.put("warnings", warnings);
        report.put("findings", findings.stream().map(JsonReport::finding).toList());
        if (!parts.isEmpty()) {
            report.put("live", parts.stream().map(JsonReport::part).toList());
        }
        return JsonText.of(report) + "\n";
    }

    private static Map<String, Object> part(LiveReport.Part part) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("part", part.name());
        line.put("level", part.level());
        line.put("says", part.says());
        return line;
    }

    private static Map<String, Object> finding(Problem problem) {
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("rule", problem.code().id());
        finding.put("level", problem.code().isWarning() ? "warning" : "error");
        finding.put("what", problem.what());
        finding.put("instead", problem.instead());
        finding.put("place", place(problem.place()));
        finding.put(
                "related",
                problem.related().stream()
                        .map(end -> Map.of("place", place(end.place()), "what", end.what()))
                        .toList());
        return finding;
    }

    /** Line and column from 1; both 0 when a finding belongs to no place. */
    private static Map<String, Object> place(Place place) {
        Map<String, Object> at = new LinkedHashMap<>();
        at.put("line", place.line());
        at.put("column", place.column());
        return at;
    }
}
