package io.heatwire.ops.graph;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.ops.graph.Picture.State;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The picture as a drawing that stands for itself: no script, nothing from outside, light or dark as its reader likes it. */
final class SvgPicture {

    private static final int LETTER = 8;
    private static final int SMALL_LETTER = 6;
    private static final int PADDING = 12;
    private static final int BOX_HEIGHT = 44;
    private static final int ROW = 60;
    private static final int GAP = 64;
    private static final int MARGIN = 20;
    private static final int LONGEST = 60;
    private static final int NOTE_LINE = 12;

    private static final String STYLE = """
              <style>
                svg { background: #ffffff; font: 12px ui-monospace, monospace; }
                text { fill: #1b1f24; }
                .small { font-size: 10px; fill: #57606a; }
                rect { stroke: #57606a; fill: #f6f8fa; }
                .stage rect { fill: #ddf4ff; stroke: #0969da; stroke-width: 1.5; }
                .stream rect { fill: #dafbe1; stroke: #1a7f37; }
                .outside rect { fill: none; stroke-dasharray: 4 3; }
                .dead rect { fill: #ffebe9; stroke: #cf222e; }
                path { fill: none; stroke: #57606a; }
                .looks_up path, .dead path { stroke-dasharray: 5 4; }
                .guards path { stroke-dasharray: 1 4; }
                marker path { fill: #57606a; stroke: none; }
                @media (prefers-color-scheme: dark) {
                  svg { background: #0d1117; }
                  text { fill: #e6edf3; }
                  .small { fill: #9198a1; }
                  rect { stroke: #9198a1; fill: #161b22; }
                  .stage rect { fill: #0c2d6b; stroke: #4493f8; }
                  .stream rect { fill: #033a16; stroke: #3fb950; }
                  .dead rect { fill: #67060c; stroke: #f85149; }
                  path { stroke: #9198a1; }
                  marker path { fill: #9198a1; }
                }
              </style>
            """;

    private static final String STATES = """
              <style>
                marker .line { fill: none; stroke: #57606a; stroke-width: 1.5; stroke-dasharray: none; }
                .note { paint-order: stroke; stroke: #ffffff; stroke-width: 4px; }
                @media (prefers-color-scheme: dark) { marker .line { stroke: #9198a1; } .note { stroke: #0d1117; } }
              </style>
              <defs>
                <marker id="cross" viewBox="0 0 12 12" refX="11" refY="6" markerUnits="userSpaceOnUse" markerWidth="14"\
             markerHeight="14" orient="auto"><path class="line" d="M1 1L11 11M11 1L1 11"/></marker>
                <marker id="ring" viewBox="0 0 12 12" refX="11" refY="6" markerUnits="userSpaceOnUse" markerWidth="12"\
             markerHeight="12" orient="auto"><circle class="line" cx="6" cy="6" r="4"/></marker>
              </defs>
            """;

    private record Box(int x, int y, int width) {

        int right() {
            return x + width;
        }

        int middle() {
            return y + BOX_HEIGHT / 2;
        }
    }

    /**
     * Where the notes of wires stand: at the end that is no stage, where fewer wires meet.
     *
     * @param isBehind whether they stand to the right of it
     */
    private record Spot(Node at, boolean isBehind) {

        static Spot of(Edge edge) {
            boolean isBehind = edge.to().kind() == Node.Kind.STAGE;
            return new Spot(isBehind ? edge.from() : edge.to(), isBehind);
        }

        List<Edge> noted(Picture picture) {
            return picture.edges().stream()
                    .filter(edge -> !edge.label().isEmpty() && of(edge).equals(this))
                    .toList();
        }
    }

    private final Picture picture;
    private final Map<Node, Box> boxes = new HashMap<>();
    private final Map<Spot, Integer> notes = new HashMap<>();
    private int width = MARGIN;
    private int height;

    private SvgPicture(Picture picture) {
        this.picture = picture;
        List<List<Node>> columns = Layers.of(picture);
        int rows = columns.stream().mapToInt(List::size).max().orElse(0);
        this.height = 2 * MARGIN + rows * ROW;
        for (int i = 0; i < columns.size(); i++) {
            place(columns.get(i), rows);
            this.width += i + 1 < columns.size() ? gap(columns.get(i), columns.get(i + 1)) : 0;
        }
        this.width += MARGIN;
        if (!picture.legend().isEmpty()) {
            this.height += ROW / 2;
            this.width = Math.max(
                    width,
                    2 * MARGIN + SMALL_LETTER * Escaped.plain(picture.legend()).length());
        }
    }

    static String of(Picture picture) {
        return new SvgPicture(picture).draw();
    }

    /** Between two columns there is room for what is said of the wires there. */
    private int gap(List<Node> left, List<Node> right) {
        int longest = picture.edges().stream()
                .filter(edge -> !edge.label().isEmpty())
                .filter(edge -> (Spot.of(edge).isBehind() ? left : right)
                        .contains(Spot.of(edge).at()))
                .mapToInt(edge -> said(edge).length())
                .max()
                .orElse(0);
        return Math.max(GAP, SMALL_LETTER * longest + (longest == 0 ? 0 : 3 * PADDING));
    }

    private void place(List<Node> column, int rows) {
        int widest = column.stream().mapToInt(SvgPicture::boxWidth).max().orElse(0);
        int y = MARGIN + (rows - column.size()) * ROW / 2;
        for (Node node : column) {
            boxes.put(node, new Box(width, y, boxWidth(node)));
            y += ROW;
        }
        width += widest;
    }

    private static int boxWidth(Node node) {
        int name = LETTER * shown(node.name()).length();
        int detail = SMALL_LETTER * shown(node.detail()).length();
        return 2 * PADDING + Math.max(name, detail);
    }

    private String draw() {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" role=\"img\" aria-labelledby=\"title desc\">\n")
                .append("  <title id=\"title\">The wiring of Heatwire</title>\n  <desc id=\"desc\">")
                .append(xml(description()))
                .append("</desc>\n")
                .append(STYLE)
                .append(
                        "  <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\""
                                + " markerUnits=\"userSpaceOnUse\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
        if (!picture.legend().isEmpty()) {
            svg.append(STATES);
        }
        picture.edges().forEach(edge -> edge(svg, edge));
        picture.edges().stream().filter(edge -> !edge.label().isEmpty()).forEach(edge -> note(svg, edge));
        picture.nodes().forEach(node -> node(svg, node));
        if (!picture.legend().isEmpty()) {
            text(svg, MARGIN, height - MARGIN, " class=\"small\"", Escaped.plain(picture.legend()));
            svg.append('\n');
        }
        return svg.append("</svg>\n").toString();
    }

    private String description() {
        return picture.nodes(Node.Kind.STAGE).size() + " stages, "
                + picture.nodes(Node.Kind.STREAM).size() + " streams, "
                + picture.nodes(Node.Kind.KEY).size() + " keys and "
                + picture.edges().size() + " wires; data flows from left to right.";
    }

    private void node(StringBuilder svg, Node node) {
        Box box = boxes.getOrDefault(node, new Box(0, 0, 0));
        boolean isRound = node.kind() == Node.Kind.OUTSIDE || node.kind() == Node.Kind.STREAM;
        svg.append("  <g class=\"").append(word(node.kind())).append("\"><title>");
        svg.append(xml(node.what() + " " + node.name() + (node.detail().isEmpty() ? "" : ": " + node.detail())))
                .append("</title>");
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>",
                box.x(),
                box.y(),
                box.width(),
                BOX_HEIGHT,
                isRound ? BOX_HEIGHT / 2 : 3));
        boolean isAlone = node.detail().isEmpty();
        text(svg, box.x() + PADDING, box.y() + (isAlone ? 26 : 19), "", shown(node.name()));
        if (!isAlone) {
            text(svg, box.x() + PADDING, box.y() + 34, " class=\"small\"", shown(node.detail()));
        }
        svg.append("</g>\n");
    }

    private static void text(StringBuilder svg, int x, int y, String style, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\"%s>", x, y, style))
                .append(markup(text))
                .append("</text>");
    }

    private void edge(StringBuilder svg, Edge edge) {
        Box from = boxes.getOrDefault(edge.from(), new Box(0, 0, 0));
        Box to = boxes.getOrDefault(edge.to(), new Box(0, 0, 0));
        // A wire that goes back leaves and arrives in an arc, so that it is not hidden behind its own boxes.
        int bend = to.x() > from.right() ? Math.min((to.x() - from.right()) / 2, GAP) : GAP;
        svg.append("  <g class=\"").append(word(edge.kind())).append("\"><title>");
        String label = edge.label();
        String why = edge.state().why().isEmpty() ? "" : "; " + edge.state().why();
        svg.append(xml(edge.from().name() + " to " + edge.to().name() + (label.isEmpty() ? "" : ": " + label) + why))
                .append("</title>");
        svg.append(String.format(
                Locale.ROOT,
                "<path d=\"M%d %dC%d %d %d %d %d %d\"%s%s/>",
                from.right(),
                from.middle(),
                from.right() + bend,
                from.middle(),
                to.x() - bend,
                to.middle(),
                to.x(),
                to.middle(),
                edge.state().shape() == State.Shape.FLOWING ? " stroke-width=\"3\"" : "",
                edge.kind() == Edge.Kind.GUARDS ? "" : " marker-end=\"url(#" + end(edge.state()) + ")\""));
        svg.append("</g>\n");
    }

    /** Above the wire, and below it what else is said there. */
    private void note(StringBuilder svg, Edge edge) {
        Spot spot = Spot.of(edge);
        Box box = boxes.getOrDefault(spot.at(), new Box(0, 0, 0));
        int before = notes.merge(spot, 1, Integer::sum) - 1;
        int y = box.middle() + (before == 0 ? -4 : before * NOTE_LINE);
        int x = spot.isBehind() ? box.right() + PADDING / 2 : box.x() - PADDING;
        String anchor = spot.isBehind() ? "" : " text-anchor=\"end\"";
        text(svg, x, y, " class=\"small note\"" + anchor, said(edge));
        svg.append('\n');
    }

    /** With the stage it is said of, where several are. */
    private String said(Edge edge) {
        boolean isAlone = Spot.of(edge).noted(picture).size() == 1;
        String stage = edge.stage().map(Node::name).orElse("");
        return shown(isAlone || stage.isEmpty() ? edge.label() : stage + ": " + edge.label());
    }

    private static String end(State state) {
        return switch (state.shape()) {
            case PLAIN, FLOWING, QUIET -> "arrow";
            case TROUBLE -> "cross";
            case UNKNOWN -> "ring";
        };
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Safe in any place, and short; the title of the node has all of it. */
    private static String shown(String text) {
        String escaped = Escaped.plain(text);
        if (escaped.length() <= LONGEST) {
            return escaped;
        }
        int end = Character.isHighSurrogate(escaped.charAt(LONGEST - 4)) ? LONGEST - 4 : LONGEST - 3;
        return escaped.substring(0, end) + "...";
    }

    private static String xml(String text) {
        return markup(Escaped.plain(text));
    }

    private static String markup(String escaped) {
        return escaped.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
