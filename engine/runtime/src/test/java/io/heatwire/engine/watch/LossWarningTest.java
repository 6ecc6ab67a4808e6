package io.heatwire.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.watch.LossWarning.Change;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LossWarningTest {

    private final LossWarning warning = new LossWarning();

    private List<Change> changes(double... seconds) {
        return DoubleStream.of(seconds).mapToObj(warning::look).toList();
    }

    @Test
    void warnsOnceAndSaysOnceThatItIsOver() {
        assertThat(changes(-1, 100, 50, 40, 30, 20, 10, 0)).containsOnlyOnce(Change.SOON);
        assertThat(changes(0, 0, 70, 110, 119)).containsOnly(Change.NONE);
        assertThat(changes(120, 130, 140, 150, -1)).containsOnlyOnce(Change.OVER);
        assertThat(changes(-1, -1, -1)).containsOnly(Change.NONE);
        assertThat(changes(1, 1, 1)).containsExactly(Change.NONE, Change.NONE, Change.SOON);
    }

    @Test
    void passesOverASingleLook() {
        assertThat(changes(30, 100, 30, 100, 30, -1, 30)).containsOnly(Change.NONE);
    }
}
