package io.heatwire.ops.demo;

import io.heatwire.ops.demo.report.Scrape;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Scrapes /metrics over HTTP, as Prometheus does. */
final class MetricsScraper {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;

    MetricsScraper(InetSocketAddress address) {
        URI uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/metrics");
        this.request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    }

    Scrape scrape() {
        try {
            return Scrape.parse(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException unreachable) {
            throw new CannotDemoException(
                    "cannot scrape " + request.uri() + ": " + unreachable.getMessage(), unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CannotDemoException("interrupted while scraping " + request.uri(), interrupted);
        }
    }
}
