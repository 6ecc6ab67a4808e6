package io.heatwire.ops.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.ops.graph.Picture.State;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Names that try to be something else, in each format. */
final class HostilePictureTest {

    private static final List<String> HOSTILE = List.of(
            "\"]; end --> x[\"y",
            "</text></svg><script>alert(1)</script>",
            "a\\\" b\\",
            "\u001b[2J\u0007\r\nline",
            "`code` #35; %%{init}%% \u202ertl",
            "&amp;<b>&lt;",
            "x".repeat(300),
            "");

    private static Picture hostile() {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < HOSTILE.size(); i++) {
            Node.Kind kind = Node.Kind.values()[i % Node.Kind.values().length];
            nodes.add(new Node("n" + i, kind, HOSTILE.get(i), "stream", HOSTILE.get(HOSTILE.size() - 1 - i)));
            State state =
                    new State(State.Shape.values()[i % State.Shape.values().length], HOSTILE.get(i), HOSTILE.get(i));
            edges.add(new Edge(nodes.get(Math.max(0, i - 1)), nodes.get(i), Edge.Kind.READS, HOSTILE.get(i), state));
        }
        edges.add(new Edge(nodes.get(nodes.size() - 1), nodes.get(0), Edge.Kind.LOOKS_UP, ""));
        return new Picture(nodes, edges, String.join(" ", HOSTILE));
    }

    @ParameterizedTest
    @EnumSource
    void noFormatLetsAControlCharacterThrough(PictureFormat format) {
        assertThat(format.write(hostile()).replace("\n", ""))
                .matches(text -> text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e));
    }

    @Test
    void svgIsOneDocumentWithTitleAndDescriptionAndWithoutScript() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        Document document = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(PictureFormat.svg.write(hostile()))));
        Element svg = document.getDocumentElement();
        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("title desc");
        assertThat(document.getElementsByTagName("desc").getLength()).isEqualTo(1);
        NodeList all = document.getElementsByTagName("*");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < all.getLength(); i++) {
            names.add(((Element) all.item(i)).getTagName());
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "svg", "title", "desc", "style", "defs", "marker", "path", "circle", "g", "rect", "text");
        assertThat(svg.getTextContent()).contains("</text></svg><script>alert(1)</script>");
    }

    @Test
    void dotIsOneGraphOfDeclaredNodesWhoseLabelsSayWhatTheNamesSay() {
        String dot = PictureFormat.dot.write(hostile());
        Map<String, String> labels = new HashMap<>();
        List<String> ends = new ArrayList<>();
        String quoted = "\"((?:[^\"\\\\\\n]|\\\\.)*)\"";
        Pattern node = Pattern.compile("  (n\\d+) \\[shape=\\w+, label=" + quoted + "\\];");
        Pattern edge = Pattern.compile(
                "  (n\\d+) -> (n\\d+) \\[style=\\w+(?:, arrowhead=\\w+)?(?:, penwidth=[\\d.]+)?(?:, label=" + quoted
                        + ")?\\];");
        Pattern legend = Pattern.compile("  labelloc=b;|  label=" + quoted + ";");
        List<String> lines = dot.lines().toList();
        assertThat(lines.get(0)).isEqualTo("digraph heatwire {");
        assertThat(lines.get(lines.size() - 1)).isEqualTo("}");
        for (String line : lines.subList(3, lines.size() - 1)) {
            Matcher isNode = node.matcher(line);
            Matcher isEdge = edge.matcher(line);
            if (isNode.matches()) {
                labels.put(isNode.group(1), isNode.group(2));
            } else if (!legend.matcher(line).matches()) {
                assertThat(isEdge.matches()).as(line).isTrue();
                ends.add(isEdge.group(1));
                ends.add(isEdge.group(2));
            }
        }
        assertThat(labels).hasSize(HOSTILE.size());
        assertThat(labels.keySet()).containsAll(ends);
        assertThat(labels.get("n1")).startsWith("</text></svg><script>alert(1)</script>");
    }

    @Test
    void mermaidHasNothingButDeclaredNodesAndArrows() {
        String label = "\"(?:[\\p{L}\\p{N} _.:,-]|#\\d+;|<br/>)*\"";
        Pattern node = Pattern.compile(
                "  (n\\d+)(?:\\[/L/\\]|\\[\\(L\\)\\]|\\(\\[L\\]\\)|\\[\\\\L\\\\\\]|\\[L\\])".replace("L", label));
        Pattern edge = Pattern.compile("  (n\\d+) (?:--[>xo]|==>|-\\.-[>xo]?)(?:\\|L\\|)? (n\\d+)".replace("L", label));
        Pattern legend = Pattern.compile("  legend>L\\]".replace("L", label));
        List<String> lines = PictureFormat.mermaid.write(hostile()).lines().toList();
        assertThat(lines.get(0)).isEqualTo("flowchart LR");
        assertThat(lines.subList(1, lines.size()))
                .allSatisfy(line -> assertThat(node.matcher(line).matches()
                                || edge.matcher(line).matches()
                                || legend.matcher(line).matches())
                        .as(line)
                        .isTrue());
        Set<String> declared = lines.stream()
                .map(node::matcher)
                .filter(Matcher::matches)
                .map(each -> each.group(1))
                .collect(Collectors.toSet());
        assertThat(declared).hasSize(HOSTILE.size());
    }

    @Test
    void columnsGoToTheRightAndACycleIsNoTrouble() {
        Node stage = new Node("n0", Node.Kind.STAGE, "stage", "op", "");
        Node in = new Node("n1", Node.Kind.STREAM, "in", "stream", "");
        Node out = new Node("n2", Node.Kind.KEY, "out", "hash", "");
        List<Edge> edges = List.of(
                new Edge(in, stage, Edge.Kind.READS, ""),
                new Edge(stage, out, Edge.Kind.WRITES, ""),
                new Edge(out, stage, Edge.Kind.LOOKS_UP, ""));
        assertThat(Layers.of(new Picture(List.of(stage, in, out), edges)))
                .containsExactly(List.of(in), List.of(stage), List.of(out));
    }
}
