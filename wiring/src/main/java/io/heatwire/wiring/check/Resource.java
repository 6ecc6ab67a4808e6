package io.heatwire.wiring.check;

import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.wiring.graph.Ends;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * A declared stream or key.
 *
 * @param key the key or key template, with the place where it was written
 * @param type stream, hash, value or marker, as the file writes it
 * @param template the key as a template; one without variables for a stream
 */
public record Resource(Word name, Word key, String type, KeyTemplate template, Ends ends, boolean isFromEnvironment) {

    private static final String STREAM = "stream";

    static Resource of(StreamWire stream) {
        KeyTemplate template = new KeyTemplate(stream.key(), List.of(stream.key()), List.of());
        return new Resource(stream.name(), stream.keyWord(), STREAM, template, stream.ends(), false);
    }

    static Resource of(KeyWire key) {
        Word text = new Word(key.template().text(), key.place());
        return new Resource(
                key.name(), text, KeyPort.nameOf(key.type()), key.template(), key.ends(), key.isFromEnvironment());
    }

    /** All that the file declares, streams first. */
    static List<Resource> all(Graph graph) {
        List<Resource> all = new ArrayList<>();
        graph.streams().forEach(stream -> all.add(of(stream)));
        graph.keys().forEach(key -> all.add(of(key)));
        return all;
    }

    /** Whether it is a stream. */
    public boolean isStream() {
        return type.equals(STREAM);
    }

    /** Whether both stand for the very same key of Redis: the environment may let two declarations meet. */
    public boolean isSame(Resource other) {
        return identity().equals(other.identity());
    }

    /** The same for all that stand for one key of Redis. */
    public String identity() {
        return type + " " + key.text();
    }

    /** What people call it. */
    public String title() {
        return type + " " + Shown.plain(name.text());
    }
}
