package io.heatwire.ops.graph;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import java.util.stream.Collectors;

/** The picture for graphviz. */
final class DotPicture {

    private DotPicture() {}

    static String of(Picture picture) {
        String nodes = picture.nodes().stream().map(DotPicture::node).collect(Collectors.joining());
        String edges = picture.edges().stream().map(DotPicture::edge).collect(Collectors.joining());
        String legend =
                picture.legend().isEmpty() ? "" : "  labelloc=b;\n  label=\"" + quotable(picture.legend()) + "\";\n";
        return "digraph heatwire {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n" + nodes + edges + legend
                + "}\n";
    }

    private static String node(Node node) {
        String shape = switch (node.kind()) {
            case STAGE -> "box";
            case STREAM -> "parallelogram";
            case KEY -> "cylinder";
            case OUTSIDE -> "oval";
            case DEAD -> "note";
        };
        String detail = node.detail().isEmpty() ? "" : "\\n" + quotable(node.detail());
        return "  " + node.id() + " [shape=" + shape + ", label=\"" + quotable(node.name()) + detail + "\"];\n";
    }

    private static String edge(Edge edge) {
        String style = switch (edge.kind()) {
            case READS, APPENDS, WRITES, OUTSIDE -> "solid";
            case LOOKS_UP, DEAD -> "dashed";
            case GUARDS -> "dotted";
        };
        String label = edge.label();
        String note = label.isEmpty() ? "" : ", label=\"" + quotable(label) + "\"";
        String shape = switch (edge.state().shape()) {
            case PLAIN, QUIET -> "";
            case FLOWING -> ", penwidth=2.5";
            case TROUBLE -> ", arrowhead=tee, penwidth=2.5";
            case UNKNOWN -> ", arrowhead=odot";
        };
        return "  " + edge.from().id() + " -> " + edge.to().id() + " [style=" + style + shape + note + "];\n";
    }

    /** Escaped text has its backslashes; dot, which has its own ideas of a backslash, is to show them. */
    private static String quotable(String text) {
        return Escaped.plain(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
