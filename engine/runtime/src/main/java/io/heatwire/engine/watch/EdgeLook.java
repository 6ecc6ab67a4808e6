package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.EdgeFacts;
import io.heatwire.engine.edge.EdgeFacts.GroupStand;
import io.heatwire.engine.edge.EdgeFacts.Presence;
import io.heatwire.engine.edge.EdgeFacts.StreamFacts;
import io.heatwire.engine.edge.FieldSample;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.time.RedisClock;
import io.heatwire.engine.watch.StageEdges.Wire;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Finds what the broker says of one edge. */
final class EdgeLook {

    private final Edge edge;
    private final KeyLook key;
    private final FieldLook fields;
    private final RedisClock clock;

    EdgeLook(Wire wire, RedisClock clock) {
        boolean isHash = wire.edge().kind() == Edge.Kind.LOOKS_UP_HASH;
        List<String> read =
                isHash ? wire.needed().stream().flatMap(List::stream).toList() : List.of();
        this.edge = wire.edge();
        this.key = new KeyLook(edge.kind(), edge.key(), read, clock);
        this.fields = new FieldLook(edge.key(), isHash ? List.of() : wire.needed());
        this.clock = clock;
    }

    Edge edge() {
        return edge;
    }

    /**
     * The facts of an edge whose group was just looked at.
     *
     * @param committed entries that this process has settled
     * @param waiting why the commit of the stage waits; empty when it does not
     */
    Mono<EdgeFacts> ofGroup(ControlLink link, GroupWatch.Sight sight, long committed, Supplier<String> waiting) {
        long atMs = clock.steadyMs();
        GroupLook look = sight.look();
        if (look == null) {
            return Mono.just(
                    new EdgeFacts(atMs, sight.presence(), StreamFacts.EMPTY, GroupStand.NONE, "", FieldSample.NONE));
        }
        EntryId last = look.last();
        StreamFacts stream =
                new StreamFacts(look.length(), look.added(), last, Math.max(0, clock.getAsLong() - last.ms()));
        return fields.look(link, last, atMs)
                .map(sample ->
                        new EdgeFacts(atMs, Presence.THERE, stream, stand(look, committed), waiting.get(), sample));
    }

    /** What is settled is what any engine has saved, or what this one knows of: saving may be refused. */
    private static GroupStand stand(GroupLook look, long committed) {
        Long unread = look.unread();
        Long settled = look.settled();
        return new GroupStand(
                look.delivered(),
                unread == null ? -1 : unread,
                look.nextUnread() != null,
                look.pending(),
                look.oldestPending(),
                (settled == null ? 0 : settled) + committed);
    }

    /** The facts of an edge without a group. */
    Mono<EdgeFacts> ofOther(ControlLink link, Supplier<String> waiting) {
        return key.look(link)
                .flatMap(seen -> sample(link, seen)
                        .map(sample -> new EdgeFacts(
                                clock.steadyMs(),
                                seen.presence(),
                                seen.stream(),
                                GroupStand.NONE,
                                edge.kind() == Edge.Kind.WRITES ? waiting.get() : "",
                                sample)));
    }

    private Mono<FieldSample> sample(ControlLink link, KeyLook.Seen seen) {
        boolean isStream = edge.kind() == Edge.Kind.LOOKS_UP_STREAM
                && seen.presence() == Presence.THERE
                && Objects.equals(seen.fields(), FieldSample.NONE);
        return isStream ? fields.look(link, seen.stream().last(), clock.steadyMs()) : Mono.just(seen.fields());
    }
}
