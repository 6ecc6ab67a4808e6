package io.heatwire.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.effect.Signal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterBookTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MeterBook book = new MeterBook(registry);

    @Test
    void showsEveryCombinationOfKnownValuesAtZeroFromTheStart() {
        MeterSpec spec = MeterSpec.counter("x_total", "help", Label.of("a", "1", "2"), Label.ofSetting("b", "names"));
        book.declare(spec, setting -> List.of("p", "q", "r"));
        assertThat(registry.find("x_total").counters())
                .hasSize(6)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }

    @Test
    void foldsWhatIsBeyondTheBoundIntoOther() {
        MeterSpec spec = MeterSpec.counter("y_total", "help", Label.open("symbol", 2));
        book.declare(spec, setting -> List.of());
        for (String symbol : List.of("A", "B", "C", "D", "A")) {
            book.record(Signal.count(spec, symbol));
        }
        assertThat(book.current("y_total", "A")).isEqualTo(2);
        assertThat(book.current("y_total", "B")).isEqualTo(1);
        assertThat(book.current("y_total", Label.OTHER)).isEqualTo(2);
        assertThat(registry.find("y_total").counters()).hasSize(3);
    }

    @Test
    void countsALabelThatIsTooLongOrCannotBePrintedAsOther() {
        MeterSpec spec = MeterSpec.counter("w_total", "help", Label.open("symbol", 500));
        book.declare(spec, setting -> List.of());
        for (String symbol : List.of("x".repeat(101), "a\nb", "\u001b[2J", "\u202eabc", "\u2028")) {
            book.record(Signal.count(spec, symbol));
        }
        assertThat(book.current("w_total", Label.OTHER)).isEqualTo(5);
        assertThat(registry.find("w_total").counters()).hasSize(1);
    }

    @Test
    void setsAndReadsAGauge() {
        MeterSpec spec = MeterSpec.gauge("z", "help");
        book.declare(spec, setting -> List.of());
        book.record(Signal.level(spec, 0.25));
        assertThat(registry.get("z").gauge().value()).isEqualTo(0.25);
        assertThat(book.current("z")).isEqualTo(0.25);
        assertThat(book.current("unknown")).isZero();
    }

    @Test
    void letsTwoOperatorsShareOneDeclaration() {
        MeterSpec spec = MeterSpec.counter("s_total", "help", Label.ofSetting("point", "point"));
        book.declare(spec, setting -> List.of("early"));
        book.declare(spec, setting -> List.of("late"));
        book.record(spec, 1, "early");
        assertThat(book.current("s_total", "early")).isEqualTo(1);
        assertThat(book.current("s_total", "late")).isZero();
    }
}
