package io.heatwire.ops.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScrapeTest {

    @Test
    void sumsTheSeriesThatHaveTheLabels() {
        Scrape scrape = Scrape.parse("""
                # HELP p28_observed_total events
                # TYPE p28_observed_total counter
                p28_observed_total{heat_found="1",obs_point="a"} 3.0
                p28_observed_total{heat_found="0",obs_point="a"} 2.0
                p28_observed_total{heat_found="1",obs_point="b \\"x\\", y"} 1.0E1
                p27_loops_total 7.0
                heat NaN
                """);

        assertThat(scrape.sum("p28_observed_total")).isEqualTo(15);
        assertThat(scrape.sum("p28_observed_total", Map.of("obs_point", "a"))).isEqualTo(5);
        assertThat(scrape.sum("p28_observed_total", Map.of("obs_point", "b \"x\", y")))
                .isEqualTo(10);
        assertThat(scrape.sum("p27_loops_total")).isEqualTo(7);
        assertThat(scrape.sum("nobody")).isZero();
    }

    @Test
    void countsAProcessThatIsAskedAtTwoListenersOnce() {
        Scrape wide = Scrape.parse(
                "process_start_time_seconds 1.795355883000001E9\nread{stage=\"a\"} 3\nread{stage=\"b\"} 4\n");
        Scrape narrow = Scrape.parse("process_start_time_seconds 1.795355883000001E9\nread{stage=\"a\"} 3\n");
        Scrape other = Scrape.parse("process_start_time_seconds 1.795355883000002E9\nread{stage=\"a\"} 5\n");

        Scrape together = Scrape.together(List.of(narrow, wide, other));

        assertThat(together.sum("read")).isEqualTo(12);
        assertThat(together.sum("read", Map.of("stage", "b"))).isEqualTo(4);
    }

    @Test
    void aLabelMayBeVeryLong() {
        String value = "x\\\\".repeat(20_000);

        assertThat(Scrape.parse("heat{symbol=\"" + value + "\"} 1").sum("heat")).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoScrape() {
        assertThatThrownBy(() -> Scrape.parse("<html>")).hasMessage("not a sample: <html>");
    }
}
