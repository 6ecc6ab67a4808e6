package io.heatwire.engine.stage;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.StageLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Asks an event operator about each entry of a batch; all look-ups of a round share one trip to Redis. */
final class Deciding {

    private final Stage stage;
    private final EventOperator operator;
    private final Intake intake;
    private final Patience patience;

    Deciding(Stage stage, EventOperator operator) {
        this.stage = stage;
        this.operator = operator;
        this.intake = new Intake(stage);
        this.patience = new Patience(stage, Call.LOOK_UP);
    }

    /** Decisions in the order of the entries. */
    Mono<List<Decided>> decide(StageLink link, List<Entry> entries) {
        Round round = new Round(entries);
        Set<LookUp> first = round.ask(operator::lookUps);
        return answers(link, first, Found.NOTHING).flatMap(found -> {
            Set<LookUp> more = round.ask(event -> operator.moreLookUps(event, found));
            more.removeAll(found.answers().keySet());
            return answers(link, more, found).map(round::decide);
        });
    }

    private Mono<Found> answers(StageLink link, Set<LookUp> lookUps, Found before) {
        if (lookUps.isEmpty()) {
            return Mono.just(before);
        }
        return patience.with(link.lookUp(lookUps))
                .map(found -> before.answers().isEmpty() ? found : both(before, found));
    }

    private static Found both(Found before, Found found) {
        Map<LookUp, Answer> all = new HashMap<>(before.answers());
        all.putAll(found.answers());
        return new Found(all);
    }

    /** One batch on its way: what is decided already, and what still asks. */
    private final class Round {

        private final List<Entry> entries;
        private final @Nullable Decided[] decided;

        Round(List<Entry> entries) {
            this.entries = entries;
            this.decided = new Decided[entries.size()];
            for (int i = 0; i < decided.length; i++) {
                decided[i] = intake.refuse(entries.get(i));
            }
        }

        /** What the operator wants looked up for the events that are still open. */
        Set<LookUp> ask(Function<Event, List<LookUp>> asking) {
            Set<LookUp> lookUps = new LinkedHashSet<>();
            for (int i = 0; i < decided.length; i++) {
                Event event = entries.get(i).event();
                if (decided[i] == null && event != null) {
                    lookUps.addAll(ask(asking, event, i));
                }
            }
            return lookUps;
        }

        private List<LookUp> ask(Function<Event, List<LookUp>> asking, Event event, int index) {
            try {
                return asking.apply(event);
            } catch (RuntimeException | Error thrown) {
                decided[index] = intake.failed(entries.get(index), thrown);
                return List.of();
            }
        }

        List<Decided> decide(Found found) {
            long now = stage.now();
            List<Decided> all = new ArrayList<>(decided.length);
            for (int i = 0; i < decided.length; i++) {
                Decided already = decided[i];
                all.add(already != null ? already : decide(entries.get(i), found, now));
            }
            return all;
        }

        private Decided decide(Entry entry, Found found, long now) {
            try {
                return intake.decided(entry, operator.decide(Objects.requireNonNull(entry.event()), found, now));
            } catch (RuntimeException | Error thrown) {
                return intake.failed(entry, thrown);
            }
        }
    }
}
