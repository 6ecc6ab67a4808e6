package io.heatwire.wiring;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.Operator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.OperatorSpec.Kind;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.declare.Timing;
import io.heatwire.contract.effect.Outcome;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Three small operators with one of everything: enough to say anything wrong about a wiring. */
public final class SmallCatalog {

    private static final LookUpSpec DEDUPE =
            new LookUpSpec("dedupe", LookUpSpec.Type.MARKER, List.of("plan_id"), List.of(), "seen:{plan_id}", "marker");

    /** Reads a stream, a hash, a stream's newest entries and a marker; writes a stream, a hash and a value. */
    public static final OperatorSpec SORTER = new OperatorSpec(
            "sorter",
            "Sorts plans.",
            Kind.STREAM,
            List.of(
                    FieldSpec.required("plan_id", "id of the plan"),
                    FieldSpec.optional("action", "what to do").orAs("sorter_action"),
                    FieldSpec.optional("symbol", "the symbol")),
            List.of(
                    Setting.integer("limit_sec", 600, "LIMIT_SEC", 1, 3_600, "age limit, in s"),
                    Setting.decimal("low", 0.25, "LOW", 0, 1, "lower bound"),
                    Setting.decimal("high", 0.75, "HIGH", 0, 1, "upper bound"),
                    Setting.choice("mode", "shadow", "SORT_MODE", "what to do with it", "shadow", "enforce"),
                    Setting.flag("hold", false, "HOLD", "whether to hold")),
            List.of(
                    new Output.ToStream("sorted", List.of("plan_id", "level"), false, "sorted plans"),
                    new Output.ToHash("shadow", List.of("symbol"), List.of("level"), false, null, "last level"),
                    new Output.ToValue("latest", List.of("symbol"), null, "last plan")),
            List.of(
                    new LookUpSpec("state", LookUpSpec.Type.HASH, List.of(), List.of("equity"), "state", "the state"),
                    new LookUpSpec("recent", LookUpSpec.Type.STREAM, List.of(), List.of(), "recent", "recent entries"),
                    DEDUPE),
            List.of(MeterSpec.counter("sorted_total", "Plans sorted.", Label.of("level", "low", "high"))),
            Duties.NONE,
            SmallCatalog::ordered,
            config -> idle());

    /** Polls symbols and writes a stream. */
    public static final OperatorSpec TICKER = new OperatorSpec(
            "ticker",
            "Ticks.",
            Kind.POLLED,
            List.of(FieldSpec.required("symbol", "the symbol")),
            List.of(Setting.list("symbols", "BTCUSDT,ETHUSDT", "SYMBOLS", "what to poll")),
            List.of(new Output.ToStream("plan", List.of("plan_id"), true, "plans")),
            List.of(),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> idle());

    /** Has a setting without a default. */
    public static final OperatorSpec NEEDY = new OperatorSpec(
            "needy",
            "Needs a point.",
            Kind.STREAM,
            List.of(FieldSpec.required("plan_id", "id of the plan")),
            List.of(new Setting("point", Setting.Type.TEXT, null, "", "where it looks", 0, 0, List.of())),
            List.of(),
            List.of(DEDUPE),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> idle());

    private static final LookUpSpec FILE = new LookUpSpec(
            "file",
            LookUpSpec.Type.HASH,
            List.of("plan_id"),
            List.of("plan_id", "level"),
            "file:{plan_id}",
            "the file of a plan");

    /** Polls symbols, looks a file up once, writes a stream behind a guard. */
    public static final OperatorSpec PLANNER = new OperatorSpec(
            "planner",
            "Plans.",
            Kind.POLLED,
            List.of(FieldSpec.required("symbol", "the symbol")),
            List.of(
                    Setting.list("symbols", "BTCUSDT,ETHUSDT", "SYMBOLS", "what to plan for"),
                    seconds("guard_sec", 300).timing(Timing.guard("planned", TimeUnit.SECONDS, "plan"))),
            List.of(new Output.ToStream("plan", List.of("plan_id", "symbol", "kind"), false, "plans")),
            List.of(
                    FILE,
                    new LookUpSpec(
                            "planned", LookUpSpec.Type.MARKER, List.of("plan_id"), List.of(), "planned:{plan_id}", "")),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> idle());

    /** Reads a stream, files plans under a guard and keeps the last of each symbol. */
    public static final OperatorSpec FILER = new OperatorSpec(
            "filer",
            "Files plans.",
            Kind.STREAM,
            List.of(
                    FieldSpec.required("plan_id", "id of the plan"),
                    FieldSpec.required("symbol", "the symbol"),
                    FieldSpec.optional("kind", "the kind of plan"),
                    FieldSpec.optional("desk", "whose plan it is")),
            List.of(
                    seconds("ttl_sec", 600).timing(Timing.life("file", TimeUnit.SECONDS)),
                    seconds("last_ttl_sec", 600).timing(Timing.life("last", TimeUnit.SECONDS)),
                    seconds("guard_sec", 120).timing(Timing.guard("dedupe", TimeUnit.SECONDS, "file"))),
            List.of(
                    new Output.ToHash("file", List.of("plan_id"), List.of("plan_id", "level"), false, null, "files"),
                    new Output.ToHash("last", List.of("symbol"), List.of("plan_id", "ts"), false, "ts", "the last")),
            List.of(DEDUPE),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> idle());

    /** Waits for a file, and reads a state that must not be too old. */
    public static final OperatorSpec WAITER = new OperatorSpec(
            "waiter",
            "Waits for files.",
            Kind.LATE,
            List.of(FieldSpec.required("plan_id", "id of the plan")),
            List.of(
                    Setting.integer("wait_ms", 2_000, "", 0, 3_600_000, "how long to wait, in ms")
                            .timing(Timing.longestWait("file", TimeUnit.MILLISECONDS)),
                    Setting.integer("poll_ms", 100, "", 1, 3_600_000, "time between two looks, in ms")
                            .timing(Timing.poll("file", TimeUnit.MILLISECONDS)),
                    seconds("age_sec", 600).timing(Timing.largestAge("state", TimeUnit.SECONDS))),
            List.of(),
            List.of(
                    FILE,
                    new LookUpSpec(
                            "state", LookUpSpec.Type.HASH, List.of(), List.of("equity", "ts"), "state", "the state")),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> idle());

    /** All of them. */
    public static final List<OperatorSpec> ALL = List.of(SORTER, TICKER, NEEDY, PLANNER, FILER, WAITER);

    private SmallCatalog() {}

    private static List<SettingProblem> ordered(OperatorConfig config) {
        return config.decimal("low") < config.decimal("high")
                ? List.of()
                : List.of(new SettingProblem("low", "low is not below high", "write a smaller low"));
    }

    private static Setting seconds(String name, long fallback) {
        return Setting.integer(name, fallback, "", 1, 31_536_000, "in s");
    }

    private static Operator idle() {
        return (EventOperator) (event, found, nowMs) -> Outcome.nothing(List.of());
    }
}
