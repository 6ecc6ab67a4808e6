package io.heatwire.ops.status;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks one engine for its metrics, at one address or at several in turn. */
public final class MetricsCall {

    private final List<PageCall> calls;
    private final String marker;

    /**
     * A call.
     *
     * @param address of the page /metrics
     * @param token shown as a bearer; null for none
     */
    public MetricsCall(URI address, @Nullable String token) {
        this(List.of(new PageCall(address, token)), "");
    }

    private MetricsCall(List<PageCall> calls, String marker) {
        this.calls = calls;
        this.marker = marker;
    }

    /** Asks the other one when this one gives no metrics of the stage: engines of one wiring cannot all have the same port. */
    MetricsCall orElse(MetricsCall other, String stage) {
        return new MetricsCall(
                Stream.concat(calls.stream(), other.calls.stream()).toList(), "stage=\"" + stage + "\"");
    }

    /**
     * The metrics as Prometheus text; of the first that speaks of the stage, else of the first that answers.
     *
     * @throws NoAnswerException when nobody answers, or with something else; the message says what to do
     */
    public String ask() throws NoAnswerException, InterruptedException {
        @Nullable String answer = null;
        @Nullable NoAnswerException first = null;
        for (PageCall call : calls) {
            try {
                String body = ask(call);
                if (body.contains(marker)) {
                    return body;
                }
                answer = answer == null ? body : answer;
            } catch (NoAnswerException none) {
                first = first == null ? none : first;
            }
        }
        if (answer != null) {
            return answer;
        }
        throw first == null ? new NoAnswerException("nobody to ask") : first;
    }

    private static String ask(PageCall call) throws NoAnswerException, InterruptedException {
        PageCall.Page page = call.ask();
        if (page.status() != 200) {
            throw new NoAnswerException(call.address() + " answered " + page.status() + " and not with metrics");
        }
        return page.body();
    }
}
