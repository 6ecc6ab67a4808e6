package io.heatwire.engine.metrics;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import java.util.List;

/** The engine's own meters, declared once. Their first label is the stage. */
public final class EngineMeters {

    private static final Label STAGE = new Label("stage", List.of(), "stage", 0);

    /** Entries read. */
    public static final MeterSpec READ = MeterSpec.counter(
            "heatwire_entries_read_total",
            "Entries read from the input stream, by how they came",
            STAGE,
            Label.of("origin", "fresh", "own_pending", "reclaimed"));

    /** Entries whose effects were applied. */
    public static final MeterSpec COMMITTED = MeterSpec.counter(
            "heatwire_entries_committed_total", "Entries acknowledged with their effects applied", STAGE);

    /** Entries behind a guard that had let them through before. */
    public static final MeterSpec DUPLICATE = MeterSpec.counter(
            "heatwire_entries_duplicate_total",
            "Entries acknowledged without effects because a once-guard had been passed before",
            STAGE);

    /** Commits the gate refused. */
    public static final MeterSpec REFUSED = MeterSpec.counter(
            "heatwire_entries_refused_total",
            "Entries the commit found no longer pending: committed before or by another consumer, nothing applied",
            STAGE);

    /** Dead letters. */
    public static final MeterSpec DEAD = MeterSpec.counter(
            "heatwire_entries_dead_total",
            "Entries moved to the dead-letter stream, by the first word of the reason",
            STAGE,
            new Label(
                    "reason",
                    List.of(
                            "missing_field",
                            "operator_error",
                            "unreadable",
                            "too_many_deliveries",
                            "wrong_type",
                            "effect_failed",
                            Label.OTHER),
                    null,
                    20));

    /** Entries that were never processed and cannot be any more. */
    public static final MeterSpec LOST = MeterSpec.counter(
            "heatwire_entries_lost_total",
            "Entries that Redis no longer has, or no longer delivers, and that were never processed, by cause; what the broker"
                    + " tells of a group is counted by one of the engines that share it",
            STAGE,
            new Label(
                    "cause",
                    List.of(
                            "trimmed_pending",
                            "trimmed_unread",
                            "removed",
                            "skipped",
                            "group_lost",
                            "letter_refused",
                            Label.OTHER),
                    null,
                    0));

    /** Events the late poller had no place for. */
    public static final MeterSpec DROPPED = MeterSpec.counter(
            "heatwire_entries_dropped_total",
            "Entries acknowledged without waiting because max_inflight events were waiting already",
            STAGE);

    /** Entries taken over. */
    public static final MeterSpec RECLAIMED = MeterSpec.counter(
            "heatwire_entries_reclaimed_total", "Entries taken over from a consumer that made no progress", STAGE);

    /** Time of a commit. */
    public static final MeterSpec COMMIT_SECONDS = MeterSpec.histogram(
            "heatwire_commit_seconds",
            "Time from sending a commit to its reply, waits included",
            List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0),
            STAGE);

    /** Size of a commit. */
    public static final MeterSpec COMMIT_ENTRIES = MeterSpec.histogram(
            "heatwire_commit_entries",
            "Entries in one commit",
            List.of(1.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0),
            STAGE);

    /** Commits that had to wait. */
    public static final MeterSpec WAITS = MeterSpec.counter(
            "heatwire_commit_waits_total",
            "Openings, commits, look-ups and reads refused for now and tried again, by cause",
            STAGE,
            new Label(
                    "cause",
                    List.of("FULL", "BADKEY", "OOM", "BUSY", "LOADING", "MISCONF", "NOREPLICAS", "TRYAGAIN", "other"),
                    null,
                    8));

    /** Entries or events between read and commit. */
    public static final MeterSpec IN_FLIGHT =
            MeterSpec.gauge("heatwire_in_flight", "Entries read and not yet committed", STAGE);

    /** Entries Redis holds as pending. */
    public static final MeterSpec PENDING = MeterSpec.gauge(
            "heatwire_pending_entries", "Entries delivered to the group and not acknowledged, by Redis", STAGE);

    /** Entries not yet delivered. */
    public static final MeterSpec LAG_ENTRIES = MeterSpec.gauge(
            "heatwire_lag_entries",
            "Entries not yet delivered to the group, by Redis; -1 when it does not know",
            STAGE);

    /** Age of the oldest unprocessed entry. */
    public static final MeterSpec LAG_SECONDS = MeterSpec.gauge(
            "heatwire_lag_seconds", "Age of the oldest entry not yet processed; 0 when there is none", STAGE);

    /** How soon entries are lost to trimming. */
    public static final MeterSpec TIME_TO_LOSS = MeterSpec.gauge(
            "heatwire_time_to_loss_seconds",
            "Time until the oldest entry not yet processed is trimmed away, at the present pace of trimming; 0 while entries are"
                    + " being lost, -1 when nothing is being trimmed or the trimming waits for the stage",
            STAGE);

    /** Dead letters there are. */
    public static final MeterSpec DEAD_LETTERS =
            MeterSpec.gauge("heatwire_dead_letters", "Entries in the dead-letter stream of the stage", STAGE);

    /** Entries nobody can say what became of. */
    public static final MeterSpec UNACCOUNTED = MeterSpec.gauge(
            "heatwire_unaccounted_entries",
            "Entries read since the start less those committed, duplicate, dead, dropped, refused, lost, in flight, or given up"
                    + " with a lost connection to be read again; anything but 0 is a fault of the engine",
            STAGE);

    /** Connection pairs opened. */
    public static final MeterSpec EPOCHS =
            MeterSpec.counter("heatwire_epochs_total", "Times the stage opened its connections", STAGE);

    /** Epochs that ended with an error. */
    public static final MeterSpec FAILURES = MeterSpec.counter(
            "heatwire_stage_failures_total", "Epochs that ended without being asked to; the stage starts again", STAGE);

    /** Groups that had to be created again. */
    public static final MeterSpec GROUP_LOST =
            MeterSpec.counter("heatwire_group_lost_total", "Times the consumer group was found gone", STAGE);

    /** Groups that were set back. */
    public static final MeterSpec GROUP_REWOUND = MeterSpec.counter(
            "heatwire_group_rewound_total",
            "Times somebody had set the consumer group back, so that acknowledged entries came again",
            STAGE);

    /** Consumers that were removed. */
    public static final MeterSpec CONSUMERS_REMOVED = MeterSpec.counter(
            "heatwire_consumers_removed_total",
            "Consumers of the stage's group that were removed: idle for long, holding nothing, their names in use by nobody",
            STAGE);

    /** Whether the stage runs. */
    public static final MeterSpec UP = MeterSpec.gauge(
            "heatwire_stage_up",
            "1 while the stage reads and commits, 0 while it starts, backs off or is stopped",
            STAGE);

    /** Whether the stage stands before an entry it can never commit. */
    public static final MeterSpec HALTED = MeterSpec.gauge(
            "heatwire_halted",
            "1 while a stage with on_poison: halt stands before an entry it can never commit; the health says which",
            STAGE);

    private EngineMeters() {}

    /** Makes every engine meter of this stage present at 0. */
    public static void declare(MeterBook book, String stage) {
        all().forEach(spec -> book.declare(spec, setting -> List.of(stage)));
    }

    /** Takes the engine meters of a stage that is no more out of the book: one at 0 would look like a stage that is down. */
    public static void forget(MeterBook book, String stage) {
        all().forEach(spec -> book.forget(spec, 0, stage));
    }

    /** All of them, in the order of the reference. */
    public static List<MeterSpec> all() {
        return List.of(
                UP,
                READ,
                COMMITTED,
                DUPLICATE,
                REFUSED,
                DEAD,
                LOST,
                DROPPED,
                RECLAIMED,
                COMMIT_SECONDS,
                COMMIT_ENTRIES,
                WAITS,
                IN_FLIGHT,
                PENDING,
                LAG_ENTRIES,
                LAG_SECONDS,
                TIME_TO_LOSS,
                DEAD_LETTERS,
                UNACCOUNTED,
                EPOCHS,
                FAILURES,
                HALTED,
                GROUP_LOST,
                GROUP_REWOUND,
                CONSUMERS_REMOVED);
    }
}
