package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.link.Entry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a stage and the broker watch know of it right now. Written and read by any thread. */
public final class StageStatus {

    private final AtomicLong epochs = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final EntryAccount account = new EntryAccount();
    private final AtomicLong excused = new AtomicLong();
    private final AtomicLong unsaved = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();
    private final Map<Call, String> waits = new ConcurrentSkipListMap<>();
    private final Map<String, String> heldUp = new ConcurrentHashMap<>();
    private volatile Consumer<String> whenFull = stream -> {};
    private volatile StageState state = StageState.STARTING;
    private volatile @Nullable EntryId haltedAt;
    private volatile String error = "";
    private volatile String refusal = "";
    private volatile long lastLoopAtMs;
    private volatile long lastLoopMs;
    private volatile long backlog = -1;
    private volatile long lagMs = -1;

    /** Of a stage that was never started. */
    public StageStatus() {}

    /** Of a stage that takes the place of another, whose entries are delivered once more for no fault of theirs. */
    public static StageStatus after(StageStatus before) {
        StageStatus status = new StageStatus();
        status.excused.set(before.excused() + 1);
        return status;
    }

    /** Notes that something happened: an answer, a refusal, a new attempt. */
    void stepped() {
        steps.incrementAndGet();
    }

    /** Counts everything that happens to the stage; only that it changes says something. */
    public long steps() {
        return steps.get();
    }

    /** Its connections are open. A stage that halted only runs again when it has passed what it halted at. */
    void running() {
        stepped();
        if (haltedAt == null) {
            state = StageState.RUNNING;
        }
    }

    /** Entries were settled, or there are none: only now an earlier error is over. */
    void progressed() {
        if (!error.isEmpty()) {
            error = "";
        }
        if (haltedAt != null) {
            haltedAt = null;
            state = state == StageState.BACKING_OFF ? StageState.RUNNING : state;
        }
    }

    /** Notes that the stage stands before this entry. */
    void halted(EntryId id, String why) {
        haltedAt = id;
        failed(why);
    }

    /** The entry the stage halted at and has not passed yet; null when there is none. */
    @Nullable
    EntryId haltedAt() {
        return haltedAt;
    }

    void opening() {
        stepped();
        epochs.incrementAndGet();
        account.givenUp();
        waits.clear();
    }

    void failed(String why) {
        stepped();
        waits.clear();
        error = why;
        state = StageState.BACKING_OFF;
    }

    /** Notes that Redis refuses what the stage needs: a person must do something. */
    void refused(String why) {
        refusal = why;
    }

    void draining() {
        stepped();
        state = StageState.DRAINING;
    }

    void stopped() {
        stepped();
        state = StageState.STOPPED;
    }

    void looped(long atMs, long tookMs) {
        stepped();
        lastLoopAtMs = atMs;
        lastLoopMs = tookMs;
    }

    /** Notes what calls of this kind wait for; whether that is new. */
    boolean waitsFor(Call call, String cause) {
        stepped();
        return !cause.equals(waits.put(call, cause));
    }

    /** Notes that calls of this kind go through; what they waited for, empty when they did not. */
    String waitsNoLonger(Call call) {
        stepped();
        String cause = waits.remove(call);
        return cause == null ? "" : cause;
    }

    void committed(long entries) {
        committed.addAndGet(entries);
    }

    void took(List<Entry> entries) {
        stepped();
        account.read(entries);
    }

    /** Notes what became of entries that a commit has answered for. */
    void settled(EntryAccount.Tally tally, List<Decided> entries) {
        stepped();
        account.settled(tally, entries);
    }

    /** What became of all entries the stage has read. */
    public StageAccount account(String stage, long dropped) {
        return account.of(stage, dropped);
    }

    /** Notes that an epoch ended for a reason outside of its entries. */
    void excuse() {
        excused.incrementAndGet();
    }

    /** How many deliveries since the start of this process say nothing about an entry: each such end delivers once more. */
    long excused() {
        return excused.get();
    }

    /** Notes a commit whose entries the saved offset does not know of. */
    void couldNotSave() {
        unsaved.incrementAndGet();
    }

    /** How many commits there were whose entries the saved offset does not know of. */
    public long unsaved() {
        return unsaved.get();
    }

    /**
     * Takes over who holds up the trimming of a stream that the stage writes.
     *
     * @param why for people; empty when nobody does
     */
    public void heldUp(String stream, String why) {
        if (why.isEmpty()) {
            heldUp.remove(stream);
        } else {
            heldUp.put(stream, why);
        }
    }

    /** Who holds up the trimming of the streams that the stage writes, for people; empty when nobody does. */
    public String heldUp() {
        return String.join("; ", heldUp.values());
    }

    /**
     * Has somebody told of each commit that finds no room in a stream, instead of whom was told before.
     *
     * @param makesRoom gets the key of the stream, on any thread, again at each new attempt; must not block
     */
    public void whenFull(Consumer<String> makesRoom) {
        whenFull = makesRoom;
    }

    /** Notes that a commit finds no room in this stream. */
    public void full(String stream) {
        whenFull.accept(stream);
    }

    /** Takes over what the broker says. */
    public void broker(long entriesBehind, long oldestAgeMs) {
        backlog = entriesBehind;
        lagMs = oldestAgeMs;
    }

    /** Where the stage is in its life. */
    public StageState state() {
        return state;
    }

    /** The last error until something was settled again; empty otherwise. */
    public String error() {
        return error;
    }

    /** What Redis refused last of all that the stage needs; empty when it has refused nothing. */
    public String refusal() {
        return refusal;
    }

    /** What the opening waits for, else the commit, else the look-up, else the read; empty when nothing waits. */
    public String waiting() {
        return waits.values().stream().findFirst().orElse("");
    }

    /** Connection pairs opened so far. */
    public long epochs() {
        return epochs.get();
    }

    /** Entries settled so far. */
    public long committed() {
        return committed.get();
    }

    /** Entries read and not yet settled. */
    public long inFlight() {
        return account.inFlight();
    }

    /** Unix time of the last good turn, in ms; 0 before the first. */
    public long lastLoopAtMs() {
        return lastLoopAtMs;
    }

    /** How long the last turn took, in ms. */
    public long lastLoopMs() {
        return lastLoopMs;
    }

    /** Entries pending or not yet delivered; -1 when unknown. */
    public long backlog() {
        return backlog;
    }

    /** Age of the oldest unprocessed entry, in ms; -1 when unknown. */
    public long lagMs() {
        return lagMs;
    }
}
