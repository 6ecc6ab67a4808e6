package io.heatwire.ops.graph;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.ops.graph.Picture.State;
import java.util.stream.Collectors;

/** The picture as a flowchart of mermaid, for a page that draws it. */
final class MermaidPicture {

    private static final String SAFE = " _.:,-";

    private MermaidPicture() {}

    static String of(Picture picture) {
        String nodes = picture.nodes().stream().map(MermaidPicture::node).collect(Collectors.joining());
        String edges = picture.edges().stream().map(MermaidPicture::edge).collect(Collectors.joining());
        String legend = picture.legend().isEmpty() ? "" : "  legend>\"" + escaped(picture.legend()) + "\"]\n";
        return "flowchart LR\n" + nodes + edges + legend;
    }

    private static String node(Node node) {
        String text = '"' + label(node) + '"';
        String shape = switch (node.kind()) {
            case STAGE -> "[" + text + "]";
            case STREAM -> "[/" + text + "/]";
            case KEY -> "[(" + text + ")]";
            case OUTSIDE -> "([" + text + "])";
            case DEAD -> "[\\" + text + "\\]";
        };
        return "  " + node.id() + shape + "\n";
    }

    private static String label(Node node) {
        return node.detail().isEmpty() ? escaped(node.name()) : escaped(node.name()) + "<br/>" + escaped(node.detail());
    }

    private static String edge(Edge edge) {
        String arrow = switch (edge.kind()) {
            case READS, APPENDS, WRITES, OUTSIDE ->
                edge.state().shape() == State.Shape.FLOWING ? " ==>" : " --" + tip(edge.state());
            case LOOKS_UP, DEAD -> " -.-" + tip(edge.state());
            case GUARDS -> " -.-";
        };
        String label = edge.label();
        String note = label.isEmpty() ? "" : "|\"" + escaped(label) + "\"|";
        return "  " + edge.from().id() + arrow + note + " " + edge.to().id() + "\n";
    }

    private static String tip(State state) {
        return switch (state.shape()) {
            case PLAIN, FLOWING, QUIET -> ">";
            case TROUBLE -> "x";
            case UNKNOWN -> "o";
        };
    }

    /** Numbers for all that could mean something to mermaid, or to the page it is drawn in. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        Escaped.plain(text).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || SAFE.indexOf(c) >= 0) {
                safe.appendCodePoint(c);
            } else {
                safe.append('#').append(c).append(';');
            }
        });
        return safe.toString();
    }
}
