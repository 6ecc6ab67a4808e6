package io.heatwire.ops.graph;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.ops.graph.Picture.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The picture for a terminal of 100 columns: each stage in the order of the flow, then each stream and key. */
final class TextPicture {

    private static final int COLUMNS = 100;
    private static final String STATE_INDENT = " ".repeat(9);
    private static final String LIVE_INDENT = " ".repeat(12);

    private final Picture picture;
    private final List<String> lines = new ArrayList<>();
    private final int nameWidth;

    private TextPicture(Picture picture) {
        this.picture = picture;
        this.nameWidth = Math.min(
                32,
                picture.nodes().stream()
                        .filter(node -> node.kind() != Node.Kind.STAGE && node.kind() != Node.Kind.OUTSIDE)
                        .mapToInt(node -> Escaped.plain(node.name()).length())
                        .max()
                        .orElse(0));
    }

    static String of(Picture picture) {
        TextPicture text = new TextPicture(picture);
        Layers.of(picture).stream()
                .flatMap(Collection::stream)
                .filter(node -> node.kind() == Node.Kind.STAGE)
                .forEach(text::stage);
        text.lines.add("streams and keys");
        picture.nodes(Node.Kind.STREAM).forEach(text::declared);
        picture.nodes(Node.Kind.KEY).forEach(text::declared);
        picture.nodes(Node.Kind.DEAD).forEach(text::declared);
        if (!picture.legend().isEmpty()) {
            text.lines.add("");
            text.folded("", Escaped.plain(picture.legend()), "    ");
        }
        return String.join("\n", text.lines) + "\n";
    }

    private void stage(Node stage) {
        String operator = stage.what().equals(stage.name()) ? "" : "operator " + stage.what() + ", ";
        folded("", Escaped.plain(stage.name()) + "  (" + Escaped.plain(operator + stage.detail()) + ")", "    ");
        picture.into(stage).forEach(edge -> wire(edge, edge.from(), writers(edge.from(), stage)));
        picture.outOf(stage).forEach(edge -> wire(edge, edge.to(), readers(edge.to(), stage)));
        lines.add("");
    }

    private void wire(Edge edge, Node other, String beyond) {
        String verb = switch (edge.kind()) {
            case READS -> "reads";
            case APPENDS -> "appends";
            case WRITES -> "writes";
            case LOOKS_UP -> "looks up";
            case GUARDS -> "guards by";
            case OUTSIDE -> "outside";
            case DEAD -> "refuses to";
        };
        String start = "  " + padded(verb, 10) + padded(Escaped.plain(other.name()), nameWidth) + "  "
                + padded(other.what(), 6);
        folded(start, beyond, " ".repeat(nameWidth + 22));
        if (edge.state().shape() != State.Shape.PLAIN) {
            String why = edge.state().why();
            String said = edge.state().word() + (why.isEmpty() ? "" : ": " + why);
            folded(STATE_INDENT + sign(edge.state().shape()) + " ", Escaped.plain(said), LIVE_INDENT);
        }
        if (!edge.note().isEmpty()) {
            folded(LIVE_INDENT, Escaped.plain(edge.note()), LIVE_INDENT);
        }
    }

    private static String sign(State.Shape shape) {
        return switch (shape) {
            case PLAIN -> "  ";
            case FLOWING -> "=>";
            case QUIET -> "->";
            case TROUBLE -> "!!";
            case UNKNOWN -> "??";
        };
    }

    private String writers(Node node, Node self) {
        return others("  from ", picture.into(node).stream().map(Edge::from).toList(), self);
    }

    private String readers(Node node, Node self) {
        return others("  to ", picture.outOf(node).stream().map(Edge::to).toList(), self);
    }

    private static String others(String word, List<Node> nodes, Node self) {
        String names = nodes.stream()
                .filter(node -> !node.equals(self))
                .map(node -> Escaped.plain(node.name()))
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : word + names;
    }

    private void declared(Node node) {
        String start = "  " + padded(Escaped.plain(node.name()), nameWidth) + "  " + padded(node.what(), 6) + "  ";
        folded(start, Escaped.plain(node.detail()), " ".repeat(nameWidth + 12));
    }

    /** Breaks at blanks before the last column; a word that is longer than a line is broken where the line ends. */
    private void folded(String start, String rest, String indent) {
        StringBuilder line = new StringBuilder(start);
        String left = rest;
        while (line.length() + left.length() > COLUMNS) {
            int room = Math.max(1, COLUMNS - line.length());
            int blank = left.lastIndexOf(' ', room);
            int end = blank > 0 && !left.substring(0, blank).isBlank() ? blank : Math.min(room, left.length());
            lines.add((line + left.substring(0, end)).stripTrailing());
            left = left.substring(end).stripLeading();
            line = new StringBuilder(indent);
        }
        lines.add((line + left).stripTrailing());
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
