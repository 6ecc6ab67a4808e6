package io.heatwire.engine.stage;

import io.heatwire.contract.effect.Signal;
import java.util.List;

/** Carries out signals: meters and log lines. Called only with what the commit has confirmed. */
final class Signals {

    private final Stage stage;

    Signals(Stage stage) {
        this.stage = stage;
    }

    void record(List<Signal> signals) {
        for (Signal signal : signals) {
            try {
                record(signal);
            } catch (RuntimeException | Error thrown) {
                // What it speaks of is committed: the signals behind it must still be heard, and the stage go on.
                stage.log()
                        .error(
                                "operator {} gave a signal that fails",
                                stage.plan().spec().name(),
                                thrown);
            }
        }
    }

    private void record(Signal signal) {
        if (signal instanceof Signal.Log line) {
            log(line);
        } else {
            stage.book().record(signal);
        }
    }

    private void log(Signal.Log line) {
        switch (line.importance()) {
            case DEBUG -> {
                if (stage.log().isDebugEnabled()) {
                    stage.log().debug(Printable.of(line.text().get()));
                }
            }
            case INFO -> {
                if (stage.log().isInfoEnabled()) {
                    stage.log().info(Printable.of(line.text().get()));
                }
            }
            case WARN -> stage.log().warn(Printable.of(line.text().get()));
        }
    }
}
