package io.heatwire.ops.page;

import io.heatwire.engine.health.Health;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.http.Answer;
import io.heatwire.ops.http.Site;
import io.heatwire.ops.http.Site.Reply.Events;
import io.heatwire.ops.http.Site.Reply.Whole;
import io.heatwire.ops.http.WiringState;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.trace.Trace;
import io.heatwire.ops.trace.TraceRequest;
import io.heatwire.wiring.WiringPlan;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Answers for the live page. Reads only. */
public final class LivePage implements Site {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.page");
    private static final int LONGEST_ID = 200;
    private static final int SCAN = 2_000;
    private static final long SINCE_MS = Duration.ofHours(24).toMillis();

    private final Assets assets = new Assets();
    private final History history = new History();
    private final Inquiries inquiries = new Inquiries(() -> System.nanoTime() / 1_000_000, Schedulers.boundedElastic());
    private final Meters meters;
    private final Supplier<Health> health;
    private final Supplier<WiringState> state;
    private final Supplier<WiringPlan> plan;
    private final Changes changes;
    private final LastOperations operations;
    private final LiveFeed feed;
    private volatile @Nullable Drawn drawn;
    private volatile boolean hasGap;

    private record Drawn(WiringPlan plan, long generation, String json) {}

    /**
     * The page of a service.
     *
     * @param health asked anew for each snapshot; must not wait
     * @param state the same
     * @param plan what runs
     * @param changes what the page shows of starts and reloads
     * @param ledger what it shows of operations; empty when nothing says where it is
     */
    public LivePage(
            MeterRegistry registry,
            Supplier<Health> health,
            Supplier<WiringState> state,
            Supplier<WiringPlan> plan,
            Changes changes,
            Optional<Ledger> ledger) {
        this.meters = new Meters(registry);
        this.health = health;
        this.state = state;
        this.plan = plan;
        this.changes = changes;
        this.operations = new LastOperations(() -> OperationsJson.read(ledger), Schedulers.boundedElastic());
        this.feed = new LiveFeed(() -> state.get().generation(), this::snapshot, Schedulers.parallel());
    }

    /** Remembers the last minutes, for whoever opens the page later, until it is disposed of. */
    public Disposable remember() {
        return Flux.interval(Duration.ZERO, Duration.ofMillis(History.EVERY_MS))
                .onBackpressureDrop()
                .subscribe(
                        tick -> rememberNow(),
                        fault -> LOG.error("the page remembers no more, for a fault of the program itself", fault));
    }

    /** A moment that cannot be had is a gap, and no reason to remember nothing more. */
    private void rememberNow() {
        try {
            history.add(meters.totals(health.get(), System.currentTimeMillis()));
        } catch (RuntimeException fault) {
            if (!hasGap) {
                hasGap = true;
                LOG.error("the page has gaps in what it remembers, for a fault of the program itself", fault);
            }
        }
    }

    private String snapshot() {
        Health now = health.get();
        return new Snapshot(
                        now,
                        state.get(),
                        plan.get().engine().stages(),
                        changes.newestFirst(),
                        meters,
                        meters.totals(now, System.currentTimeMillis()),
                        history)
                .json();
    }

    @Override
    public Optional<Reply> reply(Request request) {
        return switch (request.path()) {
            case "/live" -> Optional.of(request.isForeign() ? foreign() : live());
            case "/graph" -> Optional.of(new Whole(Answer.json(200, graph())));
            case "/trace" -> Optional.of(guarded(request).orElseGet(() -> trace(parameters(request))));
            case "/letters" -> Optional.of(guarded(request).orElseGet(() -> letters(parameters(request))));
            case "/operations" -> Optional.of(guarded(request).orElseGet(() -> new Whole(operations.answer())));
            default -> assets.answer(request.path(), request.held()).map(Whole::new);
        };
    }

    private Reply live() {
        return feed.hasRoom()
                ? new Events(feed.events(state.get().generation()))
                : new Whole(Inquiries.said(503, "as many pages as there may be are open: " + LiveFeed.MOST_VIEWERS)
                        .with("retry-after", "10"));
    }

    private String graph() {
        WiringPlan running = plan.get();
        long generation = state.get().generation();
        Drawn last = drawn;
        if (last == null || !last.plan().equals(running) || last.generation() != generation) {
            last = new Drawn(running, generation, GraphJson.of(running.graph(), generation));
            drawn = last;
        }
        return last.json();
    }

    /** What keeps this client from what events hold, and from who did what. */
    private static Optional<Reply> guarded(Request request) {
        if (request.isForeign()) {
            return Optional.of(foreign());
        }
        return request.isTrusted()
                ? Optional.empty()
                : Optional.of(new Whole(Inquiries.said(
                        403,
                        "what events and the ledger hold is shown only where a token guards the listener, or where it listens on"
                                + " 127.0.0.1")));
    }

    private static Reply foreign() {
        return new Whole(Inquiries.said(403, "only for the page itself"));
    }

    private Reply trace(Map<String, List<String>> asked) {
        String id = first(asked, "id");
        String field = asked.containsKey("field") ? first(asked, "field") : "plan_id";
        if (id.isEmpty() || field.isEmpty() || id.length() > LONGEST_ID || field.length() > LONGEST_ID) {
            return new Whole(Inquiries.said(400, "give an id of 1 to " + LONGEST_ID + " characters"));
        }
        WiringPlan running = plan.get();
        return new Whole(inquiries.ask(() -> {
            try (DeadDesk desk = DeadDesk.open(running.engine())) {
                TraceRequest request = new TraceRequest(field, id, SINCE_MS, SCAN);
                return Trace.read(new BrokerView(desk), running.graph(), running.engine(), request)
                        .json();
            }
        }));
    }

    private Reply letters(Map<String, List<String>> asked) {
        WiringPlan running = plan.get();
        Optional<StagePlan> stage = running.engine().stages().stream()
                .filter(each -> each.name().equals(first(asked, "stage")))
                .findFirst();
        Mono<Answer> answer = stage.map(known -> inquiries.ask(() -> LettersJson.read(running.engine(), known)))
                .orElseGet(() -> Mono.just(Inquiries.said(404, "no stage of that name runs")));
        return new Whole(answer);
    }

    private static Map<String, List<String>> parameters(Request request) {
        return new QueryStringDecoder(request.uri()).parameters();
    }

    private static String first(Map<String, List<String>> asked, String name) {
        return asked.getOrDefault(name, List.of("")).get(0);
    }
}
