package io.heatwire.ops.status;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Asks one engine for its metrics. */
public final class MetricsCall {

    private final PageCall call;

    /**
     * A call.
     *
     * @param address of the page /metrics
     * @param token shown as a bearer; null for none
     */
    public MetricsCall(URI address, @Nullable String token) {
        this.call = new PageCall(address, token);
    }

    /**
     * The metrics as Prometheus text.
     *
     * @throws NoAnswerException when nobody answers, or with something else; the message says what to do
     */
    public String ask() throws NoAnswerException, InterruptedException {
        PageCall.Page page = call.ask();
        if (page.status() != 200) {
            throw new NoAnswerException(call.address() + " answered " + page.status() + " and not with metrics");
        }
        return page.body();
    }
}
