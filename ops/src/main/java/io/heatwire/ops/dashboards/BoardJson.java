package io.heatwire.ops.dashboards;

import io.heatwire.ops.dashboards.Board.Row;
import io.heatwire.ops.dashboards.Panel.Query;
import io.heatwire.ops.dashboards.Panel.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A board in the model of Grafana 9 and newer, ready for provisioning: any Prometheus may be chosen as its source. */
final class BoardJson {

    private static final int COLUMNS = 24;
    private static final int MOST_IN_A_LINE = 3;
    private static final int LINE_HEIGHT = 8;
    private static final int STATES_HEIGHT = 11;
    private static final int MOST_IDS = 1_000_000;
    private static final Map<String, Object> SOURCE = orderedMap("type", "prometheus", "uid", "${datasource}");

    private final Board board;
    private final List<Object> panels = new ArrayList<>();
    private final Set<Integer> ids = new HashSet<>();
    private int y;

    private BoardJson(Board board) {
        this.board = board;
    }

    static String write(Board board) {
        BoardJson json = new BoardJson(board);
        board.rows().forEach(json::add);
        return PrettyJson.of(json.whole());
    }

    private Map<String, Object> whole() {
        return orderedMap(
                "uid", board.uid(),
                "title", board.title(),
                "description", board.description(),
                "tags", List.of("heatwire"),
                "schemaVersion", 37,
                "version", 1,
                "editable", true,
                "graphTooltip", 1,
                "refresh", "30s",
                "time", orderedMap("from", "now-6h", "to", "now"),
                "annotations", orderedMap("list", List.of(reloads())),
                "links", List.of(link()),
                "templating", orderedMap("list", List.of(datasource())),
                "panels", panels);
    }

    private static Map<String, Object> datasource() {
        return orderedMap(
                "name",
                "datasource",
                "type",
                "datasource",
                "label",
                "Prometheus",
                "query",
                "prometheus",
                "hide",
                0,
                "refresh",
                1,
                "regex",
                "",
                "includeAll",
                false,
                "multi",
                false,
                "options",
                List.of());
    }

    /** Where the wiring changed. */
    private static Map<String, Object> reloads() {
        return orderedMap(
                "name",
                "Reloads",
                "datasource",
                SOURCE,
                "enable",
                true,
                "iconColor",
                "blue",
                "expr",
                PromQl.ofJob("changes(heatwire_generation{}[1m]) > 0"),
                "titleFormat",
                "wiring reloaded");
    }

    private static Map<String, Object> link() {
        return orderedMap(
                "type",
                "dashboards",
                "title",
                "Heatwire",
                "tags",
                List.of("heatwire"),
                "asDropdown",
                false,
                "includeVars",
                true,
                "keepTime",
                true);
    }

    private void add(Row row) {
        panels.add(orderedMap(
                "id", id(row.title()),
                "type", "row",
                "title", row.title(),
                "collapsed", false,
                "gridPos", grid(0, COLUMNS, 1),
                "panels", List.of()));
        y++;
        List<Panel> line = new ArrayList<>();
        for (Panel panel : row.panels()) {
            if (panel.shape() == Shape.STATES) {
                flush(row, line);
                line(row, List.of(panel), STATES_HEIGHT);
            } else {
                line.add(panel);
                if (line.size() == MOST_IN_A_LINE) {
                    flush(row, line);
                }
            }
        }
        flush(row, line);
    }

    private void flush(Row row, List<Panel> line) {
        if (!line.isEmpty()) {
            line(row, line, LINE_HEIGHT);
            line.clear();
        }
    }

    private void line(Row row, List<Panel> line, int height) {
        int width = COLUMNS / line.size();
        for (int i = 0; i < line.size(); i++) {
            panels.add(panel(row, line.get(i), grid(i * width, width, height)));
        }
        y += height;
    }

    private Map<String, Object> grid(int x, int width, int height) {
        return orderedMap("x", x, "y", y, "w", width, "h", height);
    }

    /** The same for the same title, whatever stands before it: addresses of single panels go by it. */
    private int id(String title) {
        int id = Math.floorMod(title.hashCode(), MOST_IDS) + 1;
        while (!ids.add(id)) {
            id++;
        }
        return id;
    }

    private Map<String, Object> panel(Row row, Panel panel, Map<String, Object> grid) {
        boolean isStates = panel.shape() == Shape.STATES;
        return orderedMap(
                "id", id(row.title() + "/" + panel.title()),
                "type", isStates ? "state-timeline" : "timeseries",
                "title", panel.title(),
                "description", panel.description(),
                "datasource", SOURCE,
                "gridPos", grid,
                "fieldConfig",
                        orderedMap("defaults", isStates ? stateField(panel) : lineField(panel), "overrides", List.of()),
                "options", isStates ? stateOptions() : lineOptions(),
                "targets", targets(panel.queries()));
    }

    private static List<Object> targets(List<Query> queries) {
        List<Object> targets = new ArrayList<>();
        for (Query query : queries) {
            targets.add(orderedMap(
                    "refId", String.valueOf((char) ('A' + targets.size())),
                    "datasource", SOURCE,
                    "expr", PromQl.ofJob(query.expression()),
                    "legendFormat", query.legend(),
                    "range", true));
        }
        return targets;
    }

    private static Map<String, Object> lineField(Panel panel) {
        boolean isStacked = panel.shape() == Shape.STACKED;
        return orderedMap(
                "unit", panel.unit(),
                "custom",
                        orderedMap(
                                "drawStyle",
                                "line",
                                "lineWidth",
                                1,
                                "fillOpacity",
                                isStacked ? 40 : 5,
                                "showPoints",
                                "auto",
                                "stacking",
                                orderedMap("mode", isStacked ? "normal" : "none", "group", "A"),
                                "thresholdsStyle",
                                orderedMap("mode", panel.limit() > 0 ? "dashed" : "off")),
                "thresholds", orderedMap("mode", "absolute", "steps", steps(panel.limit())));
    }

    private static List<Object> steps(double limit) {
        Map<String, Object> base = orderedMap("color", "text");
        return limit > 0 ? List.of(base, orderedMap("color", "red", "value", limit)) : List.of(base);
    }

    private static Map<String, Object> stateField(Panel panel) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (int i = 0; i < panel.words().size(); i++) {
            String word = panel.words().get(i);
            words.put(Integer.toString(i), orderedMap("text", word, "color", color(word), "index", i));
        }
        return orderedMap(
                "unit", panel.unit(),
                "custom", orderedMap("fillOpacity", 70, "lineWidth", 0),
                "mappings", List.of(orderedMap("type", "value", "options", words)));
    }

    private static String color(String word) {
        return switch (word) {
            case "flowing", "up" -> "green";
            case "idle" -> "blue";
            case "unknown", "absent" -> "purple";
            case "blocked" -> "orange";
            default -> "red";
        };
    }

    private static Map<String, Object> lineOptions() {
        return orderedMap(
                "legend", orderedMap("displayMode", "list", "placement", "bottom", "calcs", List.of("lastNotNull")),
                "tooltip", orderedMap("mode", "multi", "sort", "desc"));
    }

    private static Map<String, Object> stateOptions() {
        return orderedMap(
                "mergeValues",
                true,
                "showValue",
                "auto",
                "rowHeight",
                0.9,
                "legend",
                orderedMap("displayMode", "list", "placement", "bottom"),
                "tooltip",
                orderedMap("mode", "single"));
    }

    /** A map in the order it is written here. */
    private static Map<String, Object> orderedMap(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
