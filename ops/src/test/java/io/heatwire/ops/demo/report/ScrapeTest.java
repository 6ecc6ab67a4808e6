package io.heatwire.ops.demo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void refusesWhatIsNoScrape() {
        assertThatThrownBy(() -> Scrape.parse("<html>")).hasMessage("not a sample: <html>");
    }
}
