package io.heatwire.ops.status;

import io.heatwire.ops.ask.Gathered;
import io.heatwire.ops.ask.HealthAnswer;
import io.heatwire.ops.dead.Escaped;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A health as tables: stages, edges, accounts, coverage. Whatever it says is shown as text and moves no cursor. */
public final class StatusPage {

    private final Map<?, ?> fields;

    private StatusPage(Map<?, ?> fields) {
        this.fields = fields;
    }

    /** What one engine says. */
    public static StatusPage of(HealthAnswer answer) {
        return new StatusPage(answer.fields());
    }

    /** What all engines of a wiring say, its stages in this order. */
    public static StatusPage of(Gathered<HealthAnswer> answers, List<String> stages) {
        return new StatusPage(TogetherHealth.of(answers, stages));
    }

    /** What they say of these stages and no others. */
    public static StatusPage ofOnly(Gathered<HealthAnswer> answers, List<String> stages) {
        return new StatusPage(TogetherHealth.ofOnly(answers, stages));
    }

    /** Whether nobody has to do anything. */
    public boolean isWell() {
        return text(fields, "status").equals("ok");
    }

    /** Prints all of it. */
    public void print(PrintWriter out) {
        String server = text(fields, "server");
        out.println(text(fields, "status") + "  " + text(fields, "redis") + (server.isEmpty() ? "" : "  " + server));
        Columns stages = new Columns("STAGE", "STATE", ">BACKLOG", ">LAG", ">COMMITTED", ">EPOCHS", "");
        rows("stages")
                .forEach(stage -> stages.row(
                        text(stage, "stage"),
                        text(stage, "state"),
                        known(text(stage, "backlog")),
                        age(stage, "lag_ms", 1_000),
                        text(stage, "committed"),
                        text(stage, "epochs"),
                        (text(stage, "waiting") + " " + text(stage, "error")).strip()));
        stages.print(out);
        Columns edges = new Columns("EDGE", "STATE", ">FOR", "");
        rows("edges")
                .forEach(edge -> edges.row(
                        text(edge, "from") + " -> " + text(edge, "to"),
                        text(edge, "state") + (text(edge, "well").equals("false") ? " !" : ""),
                        age(edge, "since_s", 1),
                        text(edge, "why")));
        edges.print(out);
        Columns accounts = new Columns(
                "ACCOUNT",
                ">READ",
                ">COMMITTED",
                ">DUPLICATE",
                ">DEAD",
                ">DROPPED",
                ">REFUSED",
                ">LOST",
                ">GIVEN UP",
                ">IN FLIGHT",
                ">UNACCOUNTED");
        rows("accounts")
                .forEach(account -> accounts.row(
                        text(account, "stage"),
                        text(account, "read"),
                        text(account, "committed"),
                        text(account, "duplicate"),
                        text(account, "dead"),
                        text(account, "dropped"),
                        text(account, "refused"),
                        text(account, "lost"),
                        text(account, "given_up"),
                        text(account, "in_flight"),
                        text(account, "unaccounted")));
        accounts.print(out);
        Columns coverage = new Columns("COVERAGE", ">FOUND", ">EXPECTED", ">RATIO", "");
        rows("coverage")
                .forEach(pair -> coverage.row(
                        text(pair, "pair") + (text(pair, "alarm").equals("true") ? " !" : ""),
                        text(pair, "found"),
                        text(pair, "expected"),
                        ratio(pair),
                        text(pair, "why")));
        coverage.print(out);
        out.flush();
    }

    private List<Map<?, ?>> rows(String name) {
        return fields.get(name) instanceof List<?> rows
                ? rows.stream()
                        .filter(Map.class::isInstance)
                        .<Map<?, ?>>map(row -> (Map<?, ?>) row)
                        .toList()
                : List.of();
    }

    private static String ratio(Map<?, ?> pair) {
        return pair.get("ratio") instanceof Number ratio && ratio.doubleValue() >= 0
                ? String.format(Locale.ROOT, "%.3f", ratio.doubleValue())
                : "-";
    }

    private static String age(Map<?, ?> row, String name, long unitsInSecond) {
        if (!(row.get(name) instanceof Number age) || age.longValue() < 0) {
            return "-";
        }
        long seconds = age.longValue() / unitsInSecond;
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7_200
                ? seconds / 60 + " min"
                : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
    }

    private static String known(String number) {
        return number.startsWith("-") ? "-" : number;
    }

    private static String text(Map<?, ?> row, String name) {
        Object value = row.get(name);
        return value == null ? "" : Escaped.plain(String.valueOf(value));
    }
}
