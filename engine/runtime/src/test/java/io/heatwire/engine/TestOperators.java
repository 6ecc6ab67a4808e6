package io.heatwire.engine;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.OperatorSpec.Kind;
import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.OnPoison;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small operators that use every part of the contract, and plans around them. */
public final class TestOperators {

    public static final Output.ToStream OUT = new Output.ToStream("out", List.of("n", "seen"), true, "copies");
    public static final Output.ToHash BY_ID =
            new Output.ToHash("by_id", List.of("n"), List.of("n", "seen"), false, null, "by id");
    public static final Output.ToHash LATEST =
            new Output.ToHash("latest", List.of("symbol"), List.of("ts", "n"), false, "ts", "latest");
    public static final Output.ToValue POINTER = new Output.ToValue("pointer", List.of("symbol"), "latest", "pointer");
    public static final MeterSpec SEEN =
            MeterSpec.counter("test_seen_total", "Events seen", Label.of("result", "new", "again"));
    public static final MeterSpec LOOPS = MeterSpec.counter("test_loops_total", "Turns");
    public static final MeterSpec ERRORS =
            MeterSpec.counter("test_errors_total", "Errors", Label.of("stage", "read", "write", "ack"));

    private TestOperators() {}

    /** Copies each event to the stream, under its number, as the latest of its symbol; once for each number. */
    public static final class Copy implements EventOperator {

        public static final OperatorSpec SPEC = new OperatorSpec(
                "copy",
                "Copies events.",
                Kind.STREAM,
                List.of(FieldSpec.required("n", "number"), FieldSpec.optional("symbol", "symbol")),
                List.of(Setting.flag("guarded", true, "", "guard by number")),
                List.of(OUT, BY_ID, LATEST, POINTER),
                List.of(),
                List.of(SEEN),
                new Duties(LOOPS, ERRORS, List.of()),
                config -> List.of(),
                Copy::new);

        private final OperatorConfig config;

        Copy(OperatorConfig config) {
            this.config = config;
        }

        @Override
        public List<LookUp> lookUps(Event event) {
            return List.of(new LookUp.Value("state"));
        }

        @Override
        public Outcome decide(Event event, Found found, long nowMs) {
            String n = event.get("n", "");
            if (n.startsWith("poison")) {
                throw new IllegalStateException("poison " + n);
            }
            if (n.startsWith("deep")) {
                throw new StackOverflowError("as a parser of nested text does");
            }
            String seen = found.get(new LookUp.Value("state")) instanceof Answer.Text text ? text.text() : "none";
            String symbol = event.get("symbol", "none");
            long ts = Long.parseLong(event.get("ts", "0"));
            List<Effect> effects = List.of(
                    new Effect.Append(OUT, List.of(n, seen), more(event)),
                    Effect.putHash(BY_ID, "by_id:" + n, 60_000, List.of(n, seen)),
                    new Effect.PutHash(
                            LATEST, "latest:" + symbol, 60_000, List.of(Long.toString(ts), n), List.of(), ts),
                    new Effect.PutValue(POINTER, "pointer:" + symbol, 60_000, n));
            Once once = config.flag("guarded") ? new Once("once:" + n, 600_000, "1") : null;
            return new Outcome.Apply(
                    once,
                    List.of(Group.of(effects, List.of())),
                    List.of(Signal.count(SEEN, "new")),
                    List.of(Signal.count(SEEN, "again")));
        }
    }

    private static List<String> more(Event event) {
        if (event.get("more", "").equals("all")) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < event.size(); i++) {
                all.addAll(List.of(event.name(i), event.value(i)));
            }
            return all;
        }
        return event.has("more") ? List.of("more", event.get("more", "")) : List.of();
    }

    /** Copies each event to the stream; one whose number begins with halt ends the process, as a fault of the JVM would. */
    public static final class Halting implements EventOperator {

        static final OperatorSpec SPEC = new OperatorSpec(
                "halting",
                "Halts.",
                Kind.STREAM,
                List.of(FieldSpec.required("n", "number")),
                List.of(),
                List.of(OUT),
                List.of(),
                List.of(),
                Duties.NONE,
                config -> List.of(),
                config -> new Halting());

        @Override
        public List<LookUp> lookUps(Event event) {
            return List.of(new LookUp.Value("state"));
        }

        @Override
        public Outcome decide(Event event, Found found, long nowMs) {
            String n = event.get("n", "");
            if (n.startsWith("halt")) {
                Runtime.getRuntime().halt(137);
            }
            return Outcome.apply(List.of(Effect.append(OUT, List.of(n, "none"))), List.of());
        }
    }

    /** Waits for by_id:{n} and tells how it ended. */
    public static final class Late implements PollingOperator {

        static final Output.ToStream SEEN_AT =
                new Output.ToStream("observed", List.of("n", "end"), false, "how each wait ended");
        static final MeterSpec ENDS = MeterSpec.counter(
                "test_ends_total", "Ends", Label.of("end", "FOUND", "TIMEOUT", "REDIS_ERROR", "DROPPED"));

        public static final OperatorSpec SPEC = new OperatorSpec(
                "late",
                "Waits.",
                Kind.LATE,
                List.of(FieldSpec.required("n", "number")),
                List.of(
                        Setting.integer("max_wait_ms", 500, "", 0, 60_000, "wait"),
                        Setting.integer("poll_ms", 50, "", 1, 60_000, "poll"),
                        Setting.integer("max_inflight", 200, "", 1, 100_000, "places")),
                List.of(SEEN_AT),
                List.of(),
                List.of(ENDS),
                Duties.NONE,
                config -> List.of(),
                Late::new);

        private final Schedule schedule;

        Late(OperatorConfig config) {
            this.schedule = new Schedule(
                    config.integer("max_wait_ms"), config.integer("poll_ms"), (int) config.integer("max_inflight"), 4);
        }

        @Override
        public Schedule schedule() {
            return schedule;
        }

        @Override
        public LookUp.Hash awaited(Event event) {
            return new LookUp.Hash("by_id:" + event.get("n"));
        }

        @Override
        public LookUp.Value decidedBefore(Event event) {
            String n = event.get("n", "");
            if (n.startsWith("poison")) {
                throw new IllegalStateException("poison " + n);
            }
            return new LookUp.Value("observed:" + n);
        }

        @Override
        public Outcome decide(Event event, End end, Answer answer, long nowMs) {
            String n = event.get("n", "");
            return Outcome.once(
                    new Once("observed:" + n, 600_000, "1"),
                    List.of(Effect.append(SEEN_AT, List.of(n, end.name()))),
                    List.of(Signal.count(ENDS, end.name())),
                    List.of());
        }

        @Override
        public Outcome dropped(Event event) {
            return Outcome.nothing(List.of(Signal.count(ENDS, "DROPPED")));
        }

        @Override
        public Outcome duplicate(Event event) {
            return Outcome.nothing(List.of());
        }
    }

    /** Puts a numbered entry for each item and turn. */
    public static final class Tick implements EventOperator {

        public static final OperatorSpec SPEC = new OperatorSpec(
                "tick",
                "Ticks.",
                Kind.POLLED,
                List.of(FieldSpec.required("item", "item")),
                List.of(),
                List.of(OUT),
                List.of(),
                List.of(),
                Duties.NONE,
                config -> List.of(),
                config -> new Tick());

        @Override
        public List<LookUp> lookUps(Event event) {
            return List.of(new LookUp.Hash("given:" + event.get("item")));
        }

        @Override
        public List<LookUp> moreLookUps(Event event, Found found) {
            return found.get(lookUps(event).get(0)) instanceof Answer.Fields fields
                    ? List.of(new LookUp.Value(fields.fields().getOrDefault("next", "")))
                    : List.of();
        }

        @Override
        public Outcome decide(Event event, Found found, long nowMs) {
            List<LookUp> more = moreLookUps(event, found);
            if (more.isEmpty()) {
                return Outcome.nothing(List.of());
            }
            String seen = found.get(more.get(0)) instanceof Answer.Text text ? text.text() : "none";
            String item = event.get("item", "");
            return Outcome.once(
                    new Once("ticked:" + item, 600_000, "1"),
                    List.of(Effect.append(OUT, List.of(item, seen))),
                    List.of(),
                    List.of());
        }
    }

    public static OperatorConfig config(OperatorSpec spec, Map<String, Object> settings) {
        Map<String, Object> all = new java.util.HashMap<>();
        spec.settings().forEach(setting -> all.put(setting.name(), setting.parse(String.valueOf(setting.fallback()))));
        all.putAll(settings);
        return new OperatorConfig(all, Map.<String, KeyTemplate>of());
    }

    public static SourcePlan.FromStream source(String consumer) {
        return new SourcePlan.FromStream("in", "g", consumer, 100, 200, 30_000, 16, Map.of("number", "n"));
    }

    public static StagePlan copyStage(SourcePlan source, Map<String, Object> settings) {
        return new StagePlan(
                "copy", Copy.SPEC, config(Copy.SPEC, settings), source, Map.of("out", "out"), "in:dead:copy", 1000);
    }

    public static StagePlan haltingStage(SourcePlan source) {
        return new StagePlan(
                "halting",
                Halting.SPEC,
                config(Halting.SPEC, Map.of()),
                source,
                Map.of("out", "out"),
                "in:dead:halting",
                1000);
    }

    /** The same stage, standing still where it would otherwise write a dead letter. */
    public static StagePlan halting(StagePlan stage) {
        return new StagePlan(
                stage.name(),
                stage.spec(),
                stage.config(),
                stage.source(),
                stage.streams(),
                stage.deadStream(),
                stage.deadKeep(),
                OnPoison.HALT);
    }

    public static StagePlan lateStage(SourcePlan source, Map<String, Object> settings) {
        return new StagePlan(
                "late",
                Late.SPEC,
                config(Late.SPEC, settings),
                source,
                Map.of("observed", "observed"),
                "in:dead:late",
                1000);
    }

    public static EnginePlan plan(RedisPlan redis, Policy out, StagePlan... stages) {
        return new EnginePlan(
                redis,
                List.of(new StreamPlan("out", out), new StreamPlan("observed", new Policy.Keep(100_000))),
                List.of(stages),
                5000);
    }
}
