package io.heatwire.ops.ledger;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One operation, from its beginning to its end in the ledger. */
public final class Operation {

    private static final int LONGEST_WHY = 2_000;

    private final Ledger ledger;
    private final Clock clock;
    private final Who who;
    private final String name;
    private final String target;
    private final String why;
    private final String id = UUID.randomUUID().toString();

    /** An operation of which nothing is written yet. */
    public Operation(Ledger ledger, Clock clock, Who who, String name, String target, String why) {
        this.ledger = ledger;
        this.clock = clock;
        this.who = who;
        this.name = name;
        this.target = target;
        this.why = why.length() > LONGEST_WHY ? why.substring(0, LONGEST_WHY) : why;
    }

    /** What it is known by. */
    public String id() {
        return id;
    }

    /** Whether a reason was given. */
    public boolean hasWhy() {
        return !why.isBlank();
    }

    /**
     * Says, before anything is changed, what is about to be.
     *
     * @throws LedgerException when that cannot be written: then nothing should be changed
     */
    public void begin(Map<String, String> before, Map<String, String> intended) {
        write(before, intended, List.of(), LedgerEntry.BEGUN);
    }

    /**
     * Says how it ended.
     *
     * @throws LedgerException when that cannot be written
     */
    public void end(Map<String, String> before, Map<String, String> after, List<Check> proof, String result) {
        write(before, after, proof, result);
    }

    private void write(Map<String, String> before, Map<String, String> after, List<Check> proof, String result) {
        ledger.append(new LedgerEntry(
                id,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                who,
                name,
                target,
                why,
                before,
                after,
                proof,
                result));
    }
}
