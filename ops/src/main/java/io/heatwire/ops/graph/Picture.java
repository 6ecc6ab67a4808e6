package io.heatwire.ops.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A wiring as nodes and edges, in the order of the file.
 *
 * @param legend where the states of the edges come from; empty when they have none
 */
public record Picture(List<Node> nodes, List<Edge> edges, String legend) {

    /** A picture as the file says it. */
    public Picture(List<Node> nodes, List<Edge> edges) {
        this(nodes, edges, "");
    }

    /**
     * Something with a name.
     *
     * @param id tells it from all others: a short word of letters and digits
     * @param name what people call it; any text
     * @param what its kind in a word: stream, hash, the operator of a stage
     * @param detail the key and bound of a stream, the source of a stage; perhaps empty; any text
     */
    public record Node(String id, Node.Kind kind, String name, String what, String detail) {

        /** What a node is. */
        public enum Kind {
            /** A stage. */
            STAGE,
            /** A stream. */
            STREAM,
            /** A key or key template. */
            KEY,
            /** A program or people outside this wiring. */
            OUTSIDE,
            /** The dead letters of a stage. */
            DEAD
        }
    }

    /**
     * A wire, in the direction of the data.
     *
     * @param note what the broker says of it; empty when nobody asked
     * @param state its state; {@link State#NONE} when nobody asked or it has none
     */
    public record Edge(Node from, Node to, Edge.Kind kind, String note, State state) {

        /** A wire of which no state is known. */
        public Edge(Node from, Node to, Edge.Kind kind, String note) {
            this(from, to, kind, note, State.NONE);
        }

        /** What goes over a wire. */
        public enum Kind {
            /** Entries through a consumer group. */
            READS,
            /** Appended entries. */
            APPENDS,
            /** A key is written or deleted. */
            WRITES,
            /** A key, or the newest entries of a stream, are looked up. */
            LOOKS_UP,
            /** A marker that keeps something from happening twice. */
            GUARDS,
            /** Another program writes. */
            OUTSIDE,
            /** What can never be processed. */
            DEAD
        }

        /** The node at the end that is a stage. */
        Optional<Node> stage() {
            return from.kind() == Node.Kind.STAGE
                    ? Optional.of(from)
                    : Optional.of(to).filter(node -> node.kind() == Node.Kind.STAGE);
        }

        Edge noted(String said) {
            return new Edge(from, to, kind, said, state);
        }

        Edge in(State now) {
            return new Edge(from, to, kind, note, now);
        }

        /** What is written beside it: the word of its state, marked when somebody has to look at it, and the note. */
        String label() {
            String word = state.shape() == State.Shape.TROUBLE ? state.word() + " !" : state.word();
            return word.isEmpty() || note.isEmpty() ? word + note : word + ", " + note;
        }
    }

    /**
     * The state of an edge.
     *
     * @param word its name; empty for none
     * @param why one sentence
     */
    public record State(Shape shape, String word, String why) {

        /** No state is known. */
        public static final State NONE = new State(Shape.PLAIN, "", "");

        /** How an edge is drawn, so that nobody needs to see colours. */
        public enum Shape {
            /** As without a state. */
            PLAIN,
            /** Things come: a bold line. */
            FLOWING,
            /** Nothing comes, and that is normal: an ordinary line. */
            QUIET,
            /** Somebody has to look at it: a line that ends in a cross or bar. */
            TROUBLE,
            /** Nobody knows: a line that ends in a ring. */
            UNKNOWN
        }
    }

    /** The same picture with its edges changed. */
    Picture changed(UnaryOperator<Edge> change) {
        return new Picture(nodes, edges.stream().map(change).toList(), legend);
    }

    Picture saying(String newLegend) {
        return new Picture(nodes, edges, newLegend);
    }

    List<Node> nodes(Node.Kind kind) {
        return nodes.stream().filter(node -> node.kind() == kind).toList();
    }

    List<Edge> into(Node node) {
        return edges.stream().filter(edge -> edge.to().equals(node)).toList();
    }

    List<Edge> outOf(Node node) {
        return edges.stream().filter(edge -> edge.from().equals(node)).toList();
    }
}
