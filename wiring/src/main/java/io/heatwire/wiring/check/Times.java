package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.Timing;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.List;
import java.util.stream.Stream;

/**
 * A time that a stage is set to.
 *
 * @param ms the time, in ms
 */
public record Times(StageWire stage, Setting setting, Timing timing, long ms) {

    private static final long MS_PER_S = 1_000;

    /** All times of a kind that a stage is set to. */
    public static Stream<Times> of(StageWire stage, Timing.Span span) {
        return stage.spec().settings().stream().flatMap(setting -> of(stage, setting, span));
    }

    /** Those about one port. */
    public static Stream<Times> of(StageWire stage, Timing.Span span, String port) {
        return of(stage, span).filter(time -> time.timing.port().equals(port));
    }

    private static Stream<Times> of(StageWire stage, Setting setting, Timing.Span span) {
        return stage.settings().values().get(setting.name()) instanceof Long number
                ? setting.times().stream()
                        .filter(timing -> timing.span() == span)
                        .map(timing ->
                                new Times(stage, setting, timing, timing.unit().toMillis(number)))
                : Stream.empty();
    }

    /** How long a key lives that this end writes. */
    public static List<Times> life(WireEnd writer) {
        return of(writer.stage(), Timing.Span.LIFE, writer.port()).toList();
    }

    /** The longest normal silence of what a stage takes its events from, in ms; 0 when nobody knows. */
    static long paceMs(StageWire stage, Wires wires) {
        return stage.source() instanceof SourceWire.OnInterval interval
                ? interval.everyMs()
                : wires.input(stage)
                        .filter(in -> in.ends().pace().isLimited())
                        .map(in -> in.ends().pace().seconds() * MS_PER_S)
                        .orElse(0L);
    }

    /** A time as people say it. */
    public static String shown(long ms) {
        return ms % MS_PER_S == 0 ? ms / MS_PER_S + " s" : ms + " ms";
    }

    /** Where it is set. */
    public Place place() {
        return stage.settings().placeOf(setting.name());
    }

    /** The setting with its value, for people. */
    public String says() {
        return setting.name() + " of stage " + Shown.plain(stage.name().text()) + " (" + shown(ms) + ")";
    }

    /** This time, as the other end of a finding. */
    public Related related() {
        return new Related(place(), says() + " is set here");
    }
}
