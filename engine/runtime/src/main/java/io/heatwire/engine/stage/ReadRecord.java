package io.heatwire.engine.stage;

import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.metrics.EngineMeters;
import java.util.Locale;

/** What the health and the meters hear of reads. */
final class ReadRecord {

    private final Stage stage;
    private final Duties duties;

    ReadRecord(Stage stage) {
        this.stage = stage;
        this.duties = stage.plan().spec().duties();
    }

    void turned(Batch batch, long tookMs) {
        stage.status().looped(stage.now(), tookMs);
        if (duties.loops() != null) {
            stage.book().record(duties.loops(), 1);
        }
        if (!batch.isEmpty()) {
            stage.status().took(batch.entries());
            stage.book()
                    .record(
                            EngineMeters.READ,
                            batch.entries().size(),
                            stage.name(),
                            batch.origin().name().toLowerCase(Locale.ROOT));
        }
    }

    void failed() {
        if (duties.errors() != null) {
            stage.book().record(duties.errors(), 1, "read");
        }
    }
}
