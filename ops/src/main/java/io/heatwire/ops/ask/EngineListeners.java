package io.heatwire.ops.ask;

import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.graph.ListenerWire;
import java.net.URI;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The listeners of a wiring, asked from the same machine, each with its token. The stages may run in one process or in several: of a
 * stage counts who says that he speaks of it.
 */
public final class EngineListeners {

    private final List<HttpListener> listeners;
    private final EngineCall engine = new EngineCall();

    /** These listeners, in whatever process each of them is. */
    public EngineListeners(Collection<HttpListener> listeners) {
        this.listeners = listeners.stream().distinct().toList();
    }

    /** The same, each of them shown this token instead of its own. */
    public EngineListeners withToken(String token) {
        return new EngineListeners(listeners.stream()
                .map(each -> new HttpListener(each.host(), each.port(), each.serves(), each.stages(), token))
                .toList());
    }

    /** Whether any of them answers at all. */
    public boolean anyAnswers() {
        return listeners.stream()
                .anyMatch(listener -> listener.serves().stream()
                        .filter(page -> page != Serves.PAGE)
                        .anyMatch(page -> engine.isThere(listener, page)));
    }

    /** Where they are, for people. */
    public String addresses() {
        return listeners.isEmpty() ? "no listener" : places(listeners);
    }

    /** Whether any of them serves this. */
    public boolean serves(Serves page) {
        return listeners.stream().anyMatch(listener -> listener.serves().contains(page));
    }

    /** Whether the wiring has a listener that serves this of the stage. */
    public boolean serves(String stage, Serves page) {
        return !of(stage, page).isEmpty();
    }

    /** Where this of the stage is served, for people. */
    public String addresses(String stage, Serves page) {
        return of(stage, page).stream()
                .map(listener -> EngineCall.address(listener, page).toString())
                .collect(Collectors.joining(", "));
    }

    /** The listener that answers at this address; empty when that cannot be told, and no token is to go there. */
    public Optional<HttpListener> at(URI address) {
        return listeners.stream()
                .filter(each -> "http".equalsIgnoreCase(address.getScheme()) && each.port() == address.getPort())
                .filter(each -> isHost(each.host(), bare(address.getHost())))
                .findFirst();
    }

    private static boolean isHost(String listening, String asked) {
        boolean isEverywhere = listening.equals("0.0.0.0") || listening.equals("::");
        return listening.equalsIgnoreCase(asked)
                || (ListenerWire.isLoopback(asked) && (isEverywhere || ListenerWire.isLoopback(listening)));
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /** The metrics of a stage, from the listener with the fewest others beside it: the contract's own port. */
    public Answer<Scrape> metrics(String stage) {
        return narrowFirst(stage, Serves.METRICS, engine::metrics);
    }

    /** The health of a stage, from the listener with the fewest others beside it. */
    public Answer<HealthAnswer> health(String stage) {
        return narrowFirst(stage, Serves.HEALTH, engine::health);
    }

    private <T extends OfStages> Answer<T> narrowFirst(
            String stage, Serves page, Function<HttpListener, CompletableFuture<Answer<T>>> call) {
        Map<HttpListener, Answer<T>> asked = new LinkedHashMap<>();
        for (HttpListener listener : of(stage, page)) {
            Answer<T> answer = EngineCall.await(call.apply(listener));
            if (answer.said().filter(said -> said.speaksOf(stage)).isPresent()) {
                return answer;
            }
            asked.put(listener, answer);
        }
        return new Answer.None<>(why(page, asked));
    }

    /** The metrics of these stages: of listeners that speak of all stages, and of others for what these leave out. */
    public Gathered<Scrape> metrics(Collection<String> stages) {
        return gathered(stages, Serves.METRICS, engine::metrics);
    }

    /** The health of these stages, likewise. */
    public Gathered<HealthAnswer> healths(Collection<String> stages) {
        return gathered(stages, Serves.HEALTH, engine::health);
    }

    private <T extends OfStages> Gathered<T> gathered(
            Collection<String> stages, Serves page, Function<HttpListener, CompletableFuture<Answer<T>>> call) {
        Map<HttpListener, Answer<T>> wide = asked(
                listeners.stream()
                        .filter(listener -> listener.serves().contains(page)
                                && listener.stages().isEmpty())
                        .toList(),
                call);
        List<T> whole =
                wide.values().stream().flatMap(answer -> answer.said().stream()).toList();
        List<String> left = stages.stream()
                .filter(stage -> whole.stream().noneMatch(answer -> answer.speaksOf(stage)))
                .toList();
        Map<HttpListener, Answer<T>> narrow = asked(
                left.stream()
                        .flatMap(stage -> of(stage, page).stream())
                        .filter(listener -> !listener.stages().isEmpty())
                        .distinct()
                        .toList(),
                call);
        Map<String, T> single = new LinkedHashMap<>();
        Map<String, String> silent = new LinkedHashMap<>();
        for (String stage : left) {
            Map<HttpListener, Answer<T>> itsOwn = only(narrow, of(stage, page));
            itsOwn.values().stream()
                    .flatMap(answer -> answer.said().stream())
                    .filter(said -> said.speaksOf(stage))
                    .findFirst()
                    .ifPresentOrElse(
                            said -> single.put(stage, said),
                            () -> silent.put(stage, why(page, itsOwn.isEmpty() ? wide : withAnswering(itsOwn, wide))));
        }
        List<String> unreachable = wide.values().stream()
                .map(Answer::whyNot)
                .filter(why -> !why.isEmpty())
                .toList();
        return new Gathered<>(whole, single, silent, unreachable);
    }

    /** All at once: one that hangs does not hold up the others. */
    private static <T> Map<HttpListener, Answer<T>> asked(
            List<HttpListener> listeners, Function<HttpListener, CompletableFuture<Answer<T>>> call) {
        List<CompletableFuture<Answer<T>>> coming = listeners.stream().map(call).toList();
        Map<HttpListener, Answer<T>> answers = new LinkedHashMap<>();
        for (int i = 0; i < listeners.size(); i++) {
            answers.put(listeners.get(i), EngineCall.await(coming.get(i)));
        }
        return answers;
    }

    private static <T> Map<HttpListener, Answer<T>> only(
            Map<HttpListener, Answer<T>> answers, List<HttpListener> wanted) {
        Map<HttpListener, Answer<T>> found = new LinkedHashMap<>();
        wanted.stream().filter(answers::containsKey).forEach(each -> found.put(each, answers.get(each)));
        return found;
    }

    /** Where a stage has a listener of its own, that nobody answers at the one of all says nothing. */
    private static <T> Map<HttpListener, Answer<T>> withAnswering(
            Map<HttpListener, Answer<T>> itsOwn, Map<HttpListener, Answer<T>> wide) {
        Map<HttpListener, Answer<T>> both = new LinkedHashMap<>(itsOwn);
        wide.forEach((listener, answer) -> {
            if (answer.said().isPresent()) {
                both.put(listener, answer);
            }
        });
        return both;
    }

    /** Why nobody speaks of a stage: those who gave no answer, and those who answered all the same. */
    private static <T> String why(Serves page, Map<HttpListener, Answer<T>> asked) {
        if (asked.isEmpty()) {
            return "no listener of the wiring serves its " + page.name().toLowerCase(Locale.ROOT);
        }
        List<HttpListener> others = asked.entrySet().stream()
                .filter(each -> each.getValue().said().isPresent())
                .map(Map.Entry::getKey)
                .toList();
        Stream<String> none = asked.values().stream().map(Answer::whyNot).filter(why -> !why.isEmpty());
        Stream<String> elsewhere =
                others.isEmpty() ? Stream.empty() : Stream.of("the engine at " + places(others) + " does not run it");
        return Stream.concat(none, elsewhere).distinct().collect(Collectors.joining("; "));
    }

    private static String places(Collection<HttpListener> listeners) {
        return listeners.stream()
                .map(listener -> EngineCall.address(listener, Serves.HEALTH).getAuthority())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Those that may speak of the stage, the ones with the fewest others first. */
    private List<HttpListener> of(String stage, Serves page) {
        return listeners.stream()
                .filter(listener -> listener.serves().contains(page))
                .filter(listener ->
                        listener.stages().isEmpty() || listener.stages().contains(stage))
                .sorted(Comparator.comparingInt(listener -> listener.stages().isEmpty()
                        ? Integer.MAX_VALUE
                        : listener.stages().size()))
                .toList();
    }
}
