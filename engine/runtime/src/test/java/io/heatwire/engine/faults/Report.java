package io.heatwire.engine.faults;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the runs of this JVM came to; each new result rewrites the page. */
final class Report {

    private static final Map<Method, Result> RESULTS = new ConcurrentHashMap<>();

    private Report() {}

    /** What is known of one fault. */
    private static final class Result {
        private final Fault fault;
        private final List<Verdict> verdicts = new ArrayList<>();
        private final List<Long> recoveries = new ArrayList<>();
        private List<String> log = List.of();
        private String broken = "";
        private String control = "";

        Result(Fault fault) {
            this.fault = fault;
        }

        String invariant() {
            if (!broken.isEmpty()) {
                return "BROKEN: " + broken;
            }
            long dead = verdicts.stream().mapToLong(Verdict::dead).sum();
            long lost = verdicts.stream().mapToLong(Verdict::missing).sum();
            long back = verdicts.stream().mapToLong(Verdict::rolledBack).sum();
            long again = verdicts.stream().mapToLong(Verdict::again).sum();
            long doubled = verdicts.stream().mapToLong(Verdict::doubled).sum();
            return String.format(
                    "%,d entries%s, doubled %d, lost %d%s%s%s%s",
                    verdicts.stream().mapToLong(Verdict::entries).sum(),
                    verdicts.size() > 1 ? " in " + verdicts.size() + " runs" : "",
                    doubled,
                    lost,
                    lost > 0 ? " (all counted)" : "",
                    again > 0 ? ", come again as asked " + again : "",
                    dead > 0 ? ", dead letters " + dead : "",
                    back > 0 ? ", " + back + " gone from Redis' own history" : "");
        }

        String recovery() {
            List<Long> sorted = recoveries.stream().sorted().toList();
            if (sorted.isEmpty()) {
                return "";
            }
            return sorted.size() == 1
                    ? sorted.get(0).toString()
                    : sorted.get(0) + " to " + sorted.get(sorted.size() - 1);
        }

        PageRow row(Method method) {
            return new PageRow(
                    Trial.theme(method.getDeclaringClass()),
                    Trial.sentence(method),
                    fault.what(),
                    verdicts.isEmpty() && broken.isEmpty() ? "" : invariant(),
                    recovery(),
                    String.join("<br>", log),
                    control);
        }
    }

    static synchronized void held(Method method, Fault fault, Verdict verdict, long recoveryMs, List<String> log) {
        Result result = result(method, fault);
        result.verdicts.add(verdict);
        result.recoveries.add(recoveryMs);
        result.log = log;
        write();
    }

    static synchronized void broken(Method method, Fault fault, Verdict verdict) {
        result(method, fault).broken = String.join("; ", verdict.broken());
        write();
    }

    static synchronized void noticed(Method method, Fault fault, String how) {
        String first = how.split(";", 2)[0].replaceAll(" \\([0-9, -]+\\)$", "");
        result(method, fault).control = fault.control().name() + ": " + first;
        write();
    }

    /** The figures of a soak, one line each. */
    static synchronized void soak(List<String> lines) {
        ReliabilityPage.writeSoak(lines);
    }

    private static Result result(Method method, Fault fault) {
        return RESULTS.computeIfAbsent(method, each -> new Result(fault));
    }

    private static void write() {
        List<PageRow> rows = new ArrayList<>();
        RESULTS.forEach((method, result) -> rows.add(result.row(method)));
        ReliabilityPage.writeRows(rows);
    }
}
