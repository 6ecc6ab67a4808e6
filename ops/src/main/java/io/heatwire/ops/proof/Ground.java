package io.heatwire.ops.proof;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.ask.Scrape;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.inject.Appender;
import io.heatwire.ops.inject.StreamContract;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.GroupFacts;
import io.heatwire.ops.look.PendingFacts;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.tap.Ending;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StreamWire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Where proofs are made: the Redis and the running engine of a wiring, and what a suite does with them. */
final class Ground {

    private static final int NEWEST = 2_000;
    private static final long LOOK_EVERY_MS = 30;
    private static final long ACTIVE_MS = 30_000;
    private static final long GIVEN_KEY_MS = 120_000;

    private final Graph graph;
    private final EnginePlan plan;
    private final DeadDesk desk;
    private final BrokerView view;
    private final EngineListeners listeners;
    private final ProofRequest request;
    private final Ending ending;
    private final Appender appender;
    private final Marks marks = Marks.anew();
    private final EntryId start;
    private final List<Given> given = new ArrayList<>();

    /** An entry that was given to a stream. */
    record Given(StreamWire stream, EntryId id) {}

    Ground(WiringResult.Ready ready, DeadDesk desk, EngineListeners listeners, ProofRequest request, Ending ending) {
        this.graph = ready.graph();
        this.plan = ready.plan().engine();
        this.desk = desk;
        this.view = new BrokerView(desk);
        this.listeners = listeners;
        this.request = request;
        this.ending = ending;
        this.appender = new Appender(desk);
        this.start = new EntryId(view.nowMs(), 0);
    }

    Graph graph() {
        return graph;
    }

    EnginePlan plan() {
        return plan;
    }

    DeadDesk desk() {
        return desk;
    }

    BrokerView view() {
        return view;
    }

    EngineListeners listeners() {
        return listeners;
    }

    ProofRequest request() {
        return request;
    }

    Marks marks() {
        return marks;
    }

    /** No entry of this run is older. */
    EntryId start() {
        return start;
    }

    List<Given> given() {
        return List.copyOf(given);
    }

    /** Now by the clock of Redis, Unix time in s. */
    long nowSec() {
        return Math.floorDiv(view.nowMs(), 1000L);
    }

    static SourcePlan.FromStream source(StagePlan stage) {
        return (SourcePlan.FromStream) stage.source();
    }

    /** The stream that a stage reads. */
    StreamWire input(StagePlan stage) {
        return graph.stream(source(stage).key()).orElseThrow();
    }

    /** An entry for the stage as its writers would write it, about nothing real. */
    Map<String, String> sample(StagePlan stage, String id) {
        return Samples.of(StreamContract.of(graph, input(stage)), id, nowSec());
    }

    /** Gives the stage an entry. */
    EntryId give(StagePlan stage, Map<String, String> fields) {
        StreamWire stream = input(stage);
        EntryId id = appender.append(stream, fields)
                .orElseThrow(() -> new CannotProveException(
                        "room in " + stream.name().text(), "it is at its cap: its readers are behind"));
        given.add(new Given(stream, id));
        return id;
    }

    /** Gives the stage these entries as fast as Redis takes them. */
    List<EntryId> giveAtOnce(StagePlan stage, List<Map<String, String>> entries) {
        StreamWire stream = input(stage);
        List<EntryId> ids = appender.append(stream, entries);
        ids.forEach(id -> given.add(new Given(stream, id)));
        if (ids.size() < entries.size()) {
            throw new CannotProveException(
                    "room in " + stream.name().text(), "it came to its cap: its readers are behind");
        }
        return ids;
    }

    /** Writes the hash that somebody is going to look up; it goes with the rest at the end, or by itself. */
    void put(String key, Map<String, String> fields) {
        List<String> args = new ArrayList<>(List.of(key));
        fields.forEach((name, value) -> {
            args.add(name);
            args.add(value);
        });
        command("HSET", args.toArray(new String[0]));
        command("PEXPIRE", key, Long.toString(GIVEN_KEY_MS));
    }

    /** Sets the marker of a guard, as if it had been passed. */
    void mark(String key) {
        command("SET", key, "1", "PX", Long.toString(GIVEN_KEY_MS));
    }

    private Optional<Object> command(String name, String... args) {
        return desk.await(desk.link().command(name, args));
    }

    /** The fields of a hash; none when the key is not there or holds something else. */
    Map<String, String> hash(String key) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (view.type(key).equals("hash")) {
            List<?> flat = (List<?>) command("HGETALL", key).orElse(List.of());
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                fields.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
            }
        }
        return fields;
    }

    /** A string; empty when the key is not there or holds something else. */
    String value(String key) {
        return view.type(key).equals("string") ? command("GET", key).orElse("").toString() : "";
    }

    /** Waits for this; whether it came in time. */
    boolean until(BooleanSupplier isDone) {
        return until(isDone, 0);
    }

    /** The same with so much more patience, in ms. */
    boolean until(BooleanSupplier isDone, long moreMs) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.waitMs() + moreMs);
        while (!isDone.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    private void pause() {
        try {
            if (ending.isAskedWithin(LOOK_EVERY_MS)) {
                throw new EndedException();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EndedException();
        }
    }

    /** Whether the stage's group has been given the entry. */
    boolean isRead(StagePlan stage, EntryId id) {
        return group(stage)
                .filter(group -> group.delivered().compareTo(id) >= 0)
                .isPresent();
    }

    /** Whether the stage has finished with the entry. */
    boolean isSettled(StagePlan stage, EntryId id) {
        return isRead(stage, id)
                && view.pending(source(stage).key(), source(stage).group(), id).isEmpty();
    }

    /** How many of the entries between these two, both included, the stage has been given and not finished with; at most 1000. */
    long pending(StagePlan stage, EntryId from, EntryId to) {
        return command("XPENDING", source(stage).key(), source(stage).group(), from.toString(), to.toString(), "1000")
                .map(reply -> (long) ((List<?>) reply).size())
                .orElse(0L);
    }

    private Optional<GroupFacts> group(StagePlan stage) {
        return Optional.ofNullable(
                view.groups(source(stage).key()).get(source(stage).group()));
    }

    /** Where an entry stands with a stage, for people. */
    String fate(StagePlan stage, EntryId id) {
        Optional<StreamEntry> letter = letter(stage, id);
        if (letter.isPresent()) {
            return "dead letter, reason " + letter.get().text("heatwire_reason").orElse("");
        }
        Optional<GroupFacts> group = group(stage);
        String name = source(stage).group();
        if (group.isEmpty()) {
            return "there is no group " + name;
        }
        if (group.get().delivered().compareTo(id) < 0) {
            return "entry " + id + " not read, group " + name + " stands at "
                    + group.get().delivered();
        }
        Optional<PendingFacts> pending = view.pending(source(stage).key(), name, id);
        return pending.map(facts -> "entry " + id + " pending with " + facts.consumer() + ", delivered "
                        + facts.deliveries() + " times")
                .orElse("entry " + id + " settled, without it");
    }

    /** The dead letter that the stage made of an entry. */
    Optional<StreamEntry> letter(StagePlan stage, EntryId id) {
        return since(stage.deadStream()).stream()
                .filter(letter -> letter.has("heatwire_source_id", id.toString()))
                .findFirst();
    }

    /** The newest entries of a stream that came after the start of the run, the newest first. */
    List<StreamEntry> since(String key) {
        return view.type(key).equals("stream") ? view.newestFirst(key, "+", start, NEWEST) : List.of();
    }

    /** The metrics of a stage; empty when nobody gives them. */
    Optional<Scrape> metrics(StagePlan stage) {
        return listeners.metrics(stage.name()).said();
    }

    /** Whether one engine alone reads for the stage: only then do its counters tell of every entry. */
    boolean isReadByOne(StagePlan stage) {
        List<?> consumers = (List<?>)
                command("XINFO", "CONSUMERS", source(stage).key(), source(stage).group())
                        .orElse(List.of());
        return consumers.stream()
                        .filter(consumer -> isActive((List<?>) consumer))
                        .count()
                <= 1;
    }

    private static boolean isActive(List<?> info) {
        for (int i = 0; i + 1 < info.size(); i += 2) {
            if ("idle".equals(info.get(i)) && info.get(i + 1) instanceof Long idleMs) {
                return idleMs < ACTIVE_MS;
            }
        }
        return true;
    }
}
