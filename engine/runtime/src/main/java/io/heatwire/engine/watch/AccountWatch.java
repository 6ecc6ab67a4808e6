package io.heatwire.engine.watch;

import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.stage.StageRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether the account of a stage comes out even, and says so when it does not for a while. */
final class AccountWatch {

    private static final int LOOKS = 10;

    private final StageRunner stage;
    private final MeterBook book;
    private final Logger log;
    private final long droppedBefore;
    private int uneven;
    private volatile boolean isWrong;

    AccountWatch(StageRunner stage, MeterBook book) {
        this.stage = stage;
        this.book = book;
        this.log = LoggerFactory.getLogger("heatwire." + stage.plan().name());
        this.droppedBefore = dropped();
    }

    boolean isOf(StageRunner other) {
        return stage == other;
    }

    void look() {
        StageAccount now = account();
        book.record(EngineMeters.UNACCOUNTED, (double) now.unaccounted(), now.stage());
        uneven = now.unaccounted() == 0 ? 0 : uneven + 1;
        boolean wrong = uneven >= LOOKS;
        if (wrong && !isWrong) {
            log.error(
                    "{} entries read are not accounted for: {} read, {} committed, {} duplicate, {} dead, {} dropped, {} refused,"
                            + " {} lost, {} given up to be read again, {} in flight",
                    now.unaccounted(),
                    now.read(),
                    now.committed(),
                    now.duplicate(),
                    now.dead(),
                    now.dropped(),
                    now.refused(),
                    now.lost(),
                    now.givenUp(),
                    now.inFlight());
        }
        isWrong = wrong;
    }

    StageAccount account() {
        // The counter goes on when a changed stage takes the place of another of its name.
        return stage.status()
                .account(stage.plan().name(), dropped() - droppedBefore)
                .judged(isWrong);
    }

    private long dropped() {
        return (long) book.current(EngineMeters.DROPPED.name(), stage.plan().name());
    }
}
