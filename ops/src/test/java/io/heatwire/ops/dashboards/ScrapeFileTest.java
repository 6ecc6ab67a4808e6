package io.heatwire.ops.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScrapeFileTest {

    private static HttpListener listener(String host, int port, String token) {
        return new HttpListener(host, port, Set.of(Serves.METRICS), List.of("gate"), token.isEmpty() ? null : token);
    }

    @Test
    void namesTheFileOfATokenAndNeverTheToken() {
        assertThat(ScrapeFile.write(List.of(listener("0.0.0.0", 8090, "s3cret"))))
                .contains("credentials_file: /etc/prometheus/heatwire.token", "targets: [\"localhost:8090\"]")
                .doesNotContain("s3cret");
    }

    @Test
    void namesNoTwoEntriesAlikeWhenOnlySomeListenersWantAToken() {
        assertThat(ScrapeFile.write(List.of(
                        listener("::1", 1, "s3cret"), listener("10.0.0.1", 2, ""), listener("10.0.0.1", 3, ""))))
                .containsOnlyOnce("job_name: heatwire\n")
                .containsOnlyOnce("job_name: heatwire-open\n")
                .contains("targets: [\"[::1]:1\"]", "targets: [\"10.0.0.1:2\", \"10.0.0.1:3\"]");
    }
}
