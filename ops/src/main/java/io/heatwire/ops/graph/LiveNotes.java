package io.heatwire.ops.graph;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.GroupFacts;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.look.StreamFacts;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says of each wire over a stream how much goes over it: entries per minute, age of the newest, and where its reader stands. */
public final class LiveNotes {

    private static final long WINDOW_MS = 300_000;
    private static final int NEWEST = 100;
    private static final double MINUTE_MS = 60_000;

    private record Pace(double perMinute, long ageMs, Map<String, GroupFacts> groups) {}

    private final BrokerView view;
    private final Graph graph;
    private final long nowMs;
    private final Map<String, String> notes = new HashMap<>();
    private final Map<String, Pace> paces = new HashMap<>();

    private LiveNotes(BrokerView view, Graph graph) {
        this.view = view;
        this.graph = graph;
        this.nowMs = view.nowMs();
    }

    /** The same picture with what the broker says now. */
    public static Picture on(Picture picture, Graph graph, BrokerView view, LiveStates states) {
        LiveNotes live = new LiveNotes(view, graph);
        graph.streams().forEach(stream -> live.stream(stream.name().text(), stream.key()));
        return states.on(picture.changed(live::note), graph);
    }

    private void stream(String name, String key) {
        Optional<StreamFacts> facts = view.stream(key);
        if (facts.isEmpty()) {
            String type = view.type(key);
            notes.put(name, type.equals(BrokerView.NOTHING) ? "not there" : "is a " + type + ", not a stream");
            return;
        }
        EntryId last = facts.get().last();
        List<StreamEntry> newest = view.newestFirst(key, "+", new EntryId(Math.max(0, nowMs - WINDOW_MS), 0), NEWEST);
        paces.put(
                name,
                new Pace(perMinute(newest), last.ms() == 0 ? -1 : Math.max(0, nowMs - last.ms()), view.groups(key)));
    }

    /** A busy stream is judged by its newest entries, a quiet one by the whole window. */
    private double perMinute(List<StreamEntry> newest) {
        if (newest.size() < NEWEST) {
            return newest.size() / (WINDOW_MS / MINUTE_MS);
        }
        long spanMs = Math.max(1, nowMs - newest.get(newest.size() - 1).id().ms());
        return newest.size() / (spanMs / MINUTE_MS);
    }

    private Edge note(Edge edge) {
        return switch (edge.kind()) {
            case READS -> edge.noted(reader(edge));
            case APPENDS, OUTSIDE -> edge.noted(stream(edge.to().name()));
            case LOOKS_UP ->
                edge.from().kind() == Node.Kind.STREAM
                        ? edge.noted(stream(edge.from().name()))
                        : edge;
            case WRITES, GUARDS, DEAD -> edge;
        };
    }

    private String stream(String name) {
        Pace pace = paces.get(name);
        if (pace == null) {
            return notes.getOrDefault(name, "");
        }
        String rate = String.format(Locale.ROOT, "%.1f/min", pace.perMinute());
        return rate + ", " + (pace.ageMs() < 0 ? "never an entry" : "last " + age(pace.ageMs()) + " ago");
    }

    private String reader(Edge edge) {
        String name = edge.from().name();
        Pace pace = paces.get(name);
        String ofStream = stream(name);
        if (pace == null) {
            return ofStream;
        }
        GroupFacts group = group(edge.to().name())
                .flatMap(each -> Optional.ofNullable(pace.groups().get(each)))
                .orElse(null);
        if (group == null) {
            return ofStream + ", no group";
        }
        String lag = group.lag() < 0 ? "lag unknown" : "lag " + group.lag();
        return ofStream + ", " + lag + ", pending " + group.pending();
    }

    private Optional<String> group(String stage) {
        return graph.stage(stage)
                .map(each -> each.source())
                .filter(SourceWire.FromStream.class::isInstance)
                .map(source -> ((SourceWire.FromStream) source).group().text());
    }

    private static String age(long ms) {
        long s = ms / 1000;
        return s < 120 ? s + " s" : s < 7200 ? s / 60 + " min" : s / 3600 + " h";
    }
}
