package io.heatwire.ops.graph;

import io.heatwire.engine.edge.EdgeState;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.ops.graph.Picture.State;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The states of the edges of a wiring, by whoever told them.
 *
 * @param source who it was, in a sentence for people
 * @param byEnds the state by the two ends of the edge, as {@link #ends} writes them
 */
public record LiveStates(String source, Map<String, State> byEnds) {

    private static final State UNTOLD =
            new State(State.Shape.UNKNOWN, EdgeState.UNKNOWN.word(), "nothing was said of this edge");

    /** Two ends of an edge: a stage, and the key of a stream or look-up. */
    public static String ends(String from, String to) {
        return from + " -> " + to;
    }

    /** A state of this word. */
    public static State state(String word, boolean isWell, String why) {
        if (word.equals(EdgeState.UNKNOWN.word())) {
            return new State(State.Shape.UNKNOWN, word, why);
        }
        if (!isWell) {
            return new State(State.Shape.TROUBLE, word, why);
        }
        return new State(word.equals(EdgeState.FLOWING.word()) ? State.Shape.FLOWING : State.Shape.QUIET, word, why);
    }

    /** Whether any edge of this wiring is among those that states are known of. */
    public boolean isOf(Picture picture, Graph graph) {
        Map<Node, String> keys = keys(picture, graph);
        return picture.edges().stream().anyMatch(edge -> byEnds.containsKey(ends(keys, edge)));
    }

    /** What an engine calls an edge of the picture. */
    public static Function<Edge, String> names(Picture picture, Graph graph) {
        Map<Node, String> keys = keys(picture, graph);
        return edge -> ends(keys, edge);
    }

    /** The same picture with the state of each edge that has one. */
    Picture on(Picture picture, Graph graph) {
        Map<Node, String> keys = keys(picture, graph);
        return picture.changed(edge -> switch (edge.kind()) {
                    case READS, APPENDS -> edge.in(byEnds.getOrDefault(ends(keys, edge), untold(edge, graph)));
                    case LOOKS_UP -> edge.in(byEnds.getOrDefault(ends(keys, edge), State.NONE));
                    case WRITES, GUARDS, OUTSIDE, DEAD -> edge;
                })
                .saying("edge states: " + source);
    }

    /** A stage that is switched off has no edges. */
    private static State untold(Edge edge, Graph graph) {
        boolean isOn = edge.stage()
                .flatMap(stage -> graph.stage(stage.name()))
                .filter(StageWire::isOn)
                .isPresent();
        return isOn ? UNTOLD : State.NONE;
    }

    private static String ends(Map<Node, String> keys, Edge edge) {
        return ends(
                keys.getOrDefault(edge.from(), edge.from().name()),
                keys.getOrDefault(edge.to(), edge.to().name()));
    }

    /** What an engine calls the streams and keys of the picture. */
    private static Map<Node, String> keys(Picture picture, Graph graph) {
        Map<Node, String> keys = new HashMap<>();
        for (Node node : picture.nodes()) {
            switch (node.kind()) {
                case STREAM -> graph.stream(node.name()).map(StreamWire::key).ifPresent(key -> keys.put(node, key));
                case KEY ->
                    graph.key(node.name())
                            .map(KeyWire::template)
                            .ifPresent(template -> keys.put(node, template.text()));
                case STAGE, OUTSIDE, DEAD -> {}
            }
        }
        return keys;
    }
}
