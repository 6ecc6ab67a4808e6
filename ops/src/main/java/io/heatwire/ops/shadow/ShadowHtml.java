package io.heatwire.ops.shadow;

import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.shadow.Comparison.Bucket;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/** The report as one page that needs nothing but itself: no script, no font, no picture from elsewhere. */
public final class ShadowHtml {

    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1c2430; --dim: #5a6675; --paper: #ffffff; --line: #d5dbe3; --bar: #2f6fab;
              --good: #17693a; --bad: #a3281b; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e5e9ef; --dim: #a3afbf; --paper: #14181f; --line: #36404e;
              --bar: #6fa9de; --good: #6fcf97; --bad: #ff9a8b; } }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto;
              max-width: 60rem; padding: 1.5rem 1rem 4rem; }
            h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .5rem; }
            p { margin: .25rem 0; } .dim { color: var(--dim); }
            .decision { font-size: 1.25rem; font-weight: 600; border: 2px solid; border-radius: .4rem; padding: .6rem .9rem;
              margin: 1.25rem 0; overflow-wrap: anywhere; }
            .good { color: var(--good); } .bad { color: var(--bad); }
            .pair { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: flex-start; }
            .pair > * { flex: 1 1 20rem; min-width: 0; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
            caption { text-align: left; color: var(--dim); padding-bottom: .25rem; }
            th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
              overflow-wrap: anywhere; }
            td.number, th.number { text-align: right; white-space: nowrap; }
            svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
            svg rect { fill: var(--bar); } svg .axis { stroke: var(--line); }
            """;
    private static final int ROW = 22;
    private static final int LABELS = 190;
    private static final int WIDTH = 480;

    private final StringBuilder page = new StringBuilder(16_384);

    private ShadowHtml() {}

    /** The whole page. */
    public static String of(String stage, ShadowFigures figures) {
        ShadowHtml html = new ShadowHtml();
        html.head(stage, figures);
        html.criteria(figures);
        html.chart("Heat", "proposals by portfolio heat", figures.heats(), Long::toString);
        html.line("p10 " + ShadowText.heat(figures.quantile(0.1)) + ", p50 " + ShadowText.heat(figures.quantile(0.5))
                + ", p90 " + ShadowText.heat(figures.quantile(0.9)));
        html.chart(
                "Time in bucket",
                "a proposal speaks for 10 minutes at most",
                times(figures),
                ms -> ShadowText.time(ms, figures.timeIn()));
        html.chart("Actions", "what was proposed, and what it would have become", figures.actions(), Long::toString);
        html.line("Full closes cut down: " + figures.fullCloses());
        ShadowText.hindsight(figures.hindsight()).forEach(html::line);
        html.chart("Reasons", "the gate's reasons", figures.reasons(), Long::toString);
        html.examples(figures);
        html.page.append("</main>\n</body>\n</html>\n");
        return html.page.toString();
    }

    private static Map<String, Long> times(ShadowFigures figures) {
        Map<String, Long> times = new LinkedHashMap<>();
        for (Map.Entry<Bucket, Long> each : figures.timeIn().entrySet()) {
            times.put(each.getKey().name(), each.getValue());
        }
        return times;
    }

    private void head(String stage, ShadowFigures figures) {
        ShadowData data = figures.data();
        String span = ShadowText.time(data.nowMs() - data.sinceMs()) + " to " + ShadowText.time(data.nowMs());
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
                .append("<title>Shadow report of ")
                .append(escaped(stage))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>Shadow report of ")
                .append(escaped(stage))
                .append("</h1>\n<p class=\"dim\">")
                .append(escaped(span))
                .append("</p>\n<p class=\"decision ")
                .append(figures.isGo() ? "good" : "bad")
                .append("\">")
                .append(escaped(figures.decision()))
                .append("</p>\n");
        if (data.isCutShort()) {
            line("The stream holds more than was read: the oldest of that time is not in these figures.");
        }
        if (data.others() > 0) {
            line(data.others() + " further entries were not written in shadow mode and are left out.");
        }
    }

    private void criteria(ShadowFigures figures) {
        page.append(
                        "<h2>Criteria</h2>\n<table>\n<thead><tr><th scope=\"col\">Criterion</th><th scope=\"col\">Seen</th>")
                .append("<th scope=\"col\">Asked</th><th scope=\"col\">Met</th></tr></thead>\n<tbody>\n");
        for (Check check : figures.criteria()) {
            page.append("<tr><th scope=\"row\">")
                    .append(escaped(check.name()))
                    .append("</th><td>")
                    .append(escaped(check.seen()))
                    .append("</td><td>")
                    .append(escaped(check.expected()))
                    .append("</td><td class=\"")
                    .append(check.isGood() ? "good\">yes" : "bad\">no")
                    .append("</td></tr>\n");
        }
        page.append("</tbody>\n</table>\n");
        line(
                "Not judged here: whether a downgrade would have been a mistake, and profit and loss. These streams do not tell.");
        line(ShadowText.NOT_IN_IT);
    }

    private void line(String text) {
        page.append("<p class=\"dim\">").append(escaped(text)).append("</p>\n");
    }

    private void chart(String title, String caption, Map<String, Long> rows, LongFunction<String> shown) {
        page.append("<section>\n<h2>").append(escaped(title)).append("</h2>\n");
        if (rows.isEmpty()) {
            line("Nothing to show.");
        } else {
            page.append("<div class=\"pair\">\n");
            bars(title, rows);
            table(caption, rows, shown);
            page.append("</div>\n");
        }
        page.append("</section>\n");
    }

    private void bars(String title, Map<String, Long> rows) {
        long most = Math.max(
                1, rows.values().stream().mapToLong(Long::longValue).max().orElse(1));
        int height = rows.size() * ROW + 4;
        page.append("<svg role=\"img\" aria-label=\"")
                .append(escaped(title + ", the same figures as in the table"))
                .append("\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\">\n<line class=\"axis\" x1=\"")
                .append(LABELS)
                .append("\" y1=\"0\" x2=\"")
                .append(LABELS)
                .append("\" y2=\"")
                .append(height)
                .append("\"/>\n");
        int y = 2;
        for (Map.Entry<String, Long> row : rows.entrySet()) {
            double width = (double) (WIDTH - LABELS - 4) * row.getValue() / most;
            page.append("<text x=\"")
                    .append(LABELS - 6)
                    .append("\" y=\"")
                    .append(y + 14)
                    .append("\" text-anchor=\"end\">")
                    .append(escaped(cut(row.getKey())))
                    .append("</text><rect x=\"")
                    .append(LABELS)
                    .append("\" y=\"")
                    .append(y + 2)
                    .append("\" height=\"")
                    .append(ROW - 6)
                    .append("\" width=\"")
                    .append(String.format(Locale.ROOT, "%.1f", width))
                    .append("\"/>\n");
            y += ROW;
        }
        page.append("</svg>\n");
    }

    private static String cut(String label) {
        return label.length() > 28 ? label.substring(0, 27) + "…" : label;
    }

    private void table(String caption, Map<String, Long> rows, LongFunction<String> shown) {
        page.append("<table>\n<caption>").append(escaped(caption)).append("</caption>\n<tbody>\n");
        rows.forEach((name, value) -> page.append("<tr><th scope=\"row\">")
                .append(escaped(name))
                .append("</th><td class=\"number\">")
                .append(escaped(shown.apply(value)))
                .append("</td></tr>\n"));
        page.append("</tbody>\n</table>\n");
    }

    private void examples(ShadowFigures figures) {
        if (figures.examples().isEmpty()) {
            return;
        }
        page.append("<section>\n<h2>Look at these yourself</h2>\n");
        line(
                "The newest that would have been changed: would that have been a mistake? heatwire trace PLAN_ID shows each.");
        page.append("<ul>\n");
        figures.examples()
                .forEach(each -> page.append("<li>")
                        .append(escaped(ShadowText.line(each)))
                        .append("</li>\n"));
        page.append("</ul>\n</section>\n");
    }

    /** Text stays text, whatever somebody has written into the stream. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isShown(c) ? c : '\uFFFD');
            }
        });
        return safe.toString();
    }

    /** Nothing that HTML forbids, and nothing that turns the direction of writing. */
    private static boolean isShown(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
