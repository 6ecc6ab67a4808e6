package io.heatwire.ops.graph;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A wiring as nodes and edges, in the order of the file. */
public record Picture(List<Node> nodes, List<Edge> edges) {

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
     */
    public record Edge(Node from, Node to, Edge.Kind kind, String note) {

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
            return new Edge(from, to, kind, said);
        }
    }

    /** The same picture with what is to be said of each edge. */
    public Picture noted(UnaryOperator<Edge> note) {
        return new Picture(nodes, edges.stream().map(note).toList());
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
