package io.heatwire.ops.ask;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of one scrape in Prometheus text, or of several together. */
public final class Scrape implements OfStages {

    private static final String UP = "heatwire_stage_up";
    private static final String START = "process_start_time_seconds";

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]++|\\\\.)*+)\",?");

    private final List<Sample> samples;

    private Scrape(List<Sample> samples) {
        this.samples = samples;
    }

    /**
     * Reads a scrape.
     *
     * @throws IllegalArgumentException for a line that is neither comment nor sample
     */
    public static Scrape parse(String text) {
        List<Sample> samples = new ArrayList<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .forEach(line -> samples.add(sample(line)));
        return new Scrape(List.copyOf(samples));
    }

    /** Reads a scrape; empty for what is none. */
    static Optional<Scrape> read(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException notMetrics) {
            return Optional.empty();
        }
    }

    /**
     * Several scrapes as one: of one process, whatever listener it gave them at, each series counts once. Processes are told apart by
     * the microsecond they began at.
     */
    public static Scrape together(Collection<Scrape> scrapes) {
        Map<Object, Map<Series, Sample>> byProcess = new LinkedHashMap<>();
        for (Scrape scrape : scrapes) {
            OptionalDouble start = scrape.value(START);
            Map<Series, Sample> process = byProcess.computeIfAbsent(
                    start.isPresent() ? start.getAsDouble() : scrape, first -> new LinkedHashMap<>());
            scrape.samples.forEach(sample -> process.putIfAbsent(new Series(sample.name(), sample.labels()), sample));
        }
        return new Scrape(byProcess.values().stream()
                .flatMap(process -> process.values().stream())
                .toList());
    }

    /** When the process began to count, in Unix ms by its own clock; empty when it does not say. */
    public OptionalLong startedAtMs() {
        OptionalDouble seconds = value(START);
        return seconds.isPresent() ? OptionalLong.of(Math.round(seconds.getAsDouble() * 1_000)) : OptionalLong.empty();
    }

    @Override
    public boolean speaksOf(String stage) {
        return samples.stream()
                .anyMatch(sample ->
                        sample.name().equals(UP) && stage.equals(sample.labels().get("stage")));
    }

    /** The sum of all series of this name that have these labels, rounded to a whole number; 0 when there is none. */
    public long sum(String name, Map<String, String> labels) {
        return Math.round(samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Sample::value)
                .sum());
    }

    /** The sum of all series of this name. */
    public long sum(String name) {
        return sum(name, Map.of());
    }

    /** Whether there is a series of this name, or of the parts of a distribution of this name. */
    public boolean has(String name) {
        return samples.stream()
                .anyMatch(sample -> sample.name().equals(name)
                        || sample.name().equals(name + "_count")
                        || sample.name().equals(name + "_bucket"));
    }

    /** The value of the one series of this name; empty when there is none. */
    public OptionalDouble value(String name) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .mapToDouble(Sample::value)
                .findFirst();
    }

    private static Sample sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("not a sample: " + line);
        }
        String labels = sample.group(2);
        String value = sample.group(3).replace("+Inf", "Infinity").replace("-Inf", "-Infinity");
        return new Sample(sample.group(1), labels == null ? Map.of() : labels(labels), Double.parseDouble(value));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2).translateEscapes());
        }
        return labels;
    }

    private record Series(String name, Map<String, String> labels) {}

    private record Sample(String name, Map<String, String> labels, double value) {}
}
