package io.heatwire.wiring.file;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/**
 * Makes nodes from parser events. Works on events and not on composed YAML nodes: aliases are never followed, and nothing is
 * read beyond the deepest level allowed, so no file can make the stack or the memory run out.
 */
final class NodeReader {

    static final int DEEPEST = 50;

    private final Iterator<Event> events;
    private final Findings findings;

    NodeReader(Iterator<Event> events, Findings findings) {
        this.events = events;
        this.findings = findings;
    }

    /** Ends the reading of a file that is nested too deep. */
    static final class TooDeepException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Place place;

        TooDeepException(Place place) {
            super("nested too deep", null, false, false);
            this.place = place;
        }

        Place place() {
            return place;
        }
    }

    Optional<Node> document() {
        next();
        if (!(next() instanceof DocumentStartEvent)) {
            return nothing(Place.NONE);
        }
        Node root = node(next(), 1);
        next();
        Event end = next();
        if (end instanceof DocumentStartEvent) {
            findings.add(
                    ProblemCode.SECOND_DOCUMENT,
                    place(end),
                    "a second document begins here",
                    "keep one document in one file");
        }
        boolean isNothing = root instanceof Node.Scalar scalar && scalar.isNothing();
        return isNothing ? nothing(root.place()) : Optional.of(root);
    }

    private Optional<Node> nothing(Place place) {
        findings.add(ProblemCode.EMPTY, place, "the file is empty", "begin with heatwire: 1");
        return Optional.empty();
    }

    private Node node(Event event, int depth) {
        if (depth > DEEPEST) {
            throw new TooDeepException(place(event));
        }
        if (event instanceof AliasEvent) {
            findings.add(ProblemCode.ANCHOR, place(event), "aliases are not read", "write the value out");
            return new Node.Broken(place(event));
        }
        if (event instanceof NodeEvent withAnchor && withAnchor.getAnchor().isPresent()) {
            findings.add(ProblemCode.ANCHOR, place(event), "anchors are not read", "leave the & out");
        }
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), event);
            return new Node.Scalar(scalar.getValue(), scalar.isPlain(), "", place(event));
        }
        if (event instanceof CollectionStartEvent collection) {
            refuseTag(collection.getTag(), event);
        }
        return event instanceof SequenceStartEvent ? sequence(event, depth) : mapping(event, depth);
    }

    private Node sequence(Event start, int depth) {
        List<Node> items = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
            items.add(node(event, depth + 1));
        }
        return new Node.Sequence(List.copyOf(items), place(start));
    }

    private Node mapping(Event start, int depth) {
        List<Node.Entry> entries = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            Node key = node(event, depth + 1);
            Node value = node(next(), depth + 1);
            if (key instanceof Node.Scalar text) {
                addOnce(new Node.Entry(text, value), entries, seen);
            } else if (!(key instanceof Node.Broken)) {
                findings.add(ProblemCode.KEY_NOT_TEXT, key.place(), "a key must be a plain word", "");
            }
        }
        return new Node.Mapping(List.copyOf(entries), startOf(start, entries));
    }

    private void addOnce(Node.Entry entry, List<Node.Entry> entries, Map<String, Place> seen) {
        Place first = seen.putIfAbsent(entry.key().text(), entry.key().place());
        if (first == null) {
            entries.add(entry);
            return;
        }
        findings.add(
                ProblemCode.DUPLICATE_KEY,
                entry.key().place(),
                Shown.quoted(entry.key().text()) + " is there already, in line " + first.line(),
                "keep one of the two");
    }

    private void refuseTag(Optional<String> tag, Event event) {
        if (tag.isPresent()) {
            findings.add(
                    ProblemCode.TAG,
                    place(event),
                    "tags are not read: " + Shown.plain(tag.get()),
                    "leave the ! out; each key knows the type of its value");
        }
    }

    private Event next() {
        return events.next();
    }

    private static Place startOf(Event start, List<Node.Entry> entries) {
        boolean isBlock = start instanceof MappingStartEvent mapping && !mapping.isFlow() && !entries.isEmpty();
        return isBlock ? entries.get(0).key().place() : place(start);
    }

    private static Place place(Event event) {
        return event.getStartMark().map(WiringYaml::place).orElse(Place.NONE);
    }
}
