package io.heatwire.ops.dashboards;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.ops.dashboards.Board.Row;
import io.heatwire.ops.dashboards.Panel.Query;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A panel for each meter of each operator of the wiring, whoever wrote the operator. */
final class OperatorBoard {

    private OperatorBoard() {}

    static Board board(Scope scope) {
        List<Row> rows = new ArrayList<>();
        // Operators may share a meter; its series are shown with the first of them.
        Set<String> shown = new HashSet<>();
        for (OperatorSpec operator : scope.operators()) {
            List<Panel> panels = meters(operator)
                    .filter(meter -> shown.add(meter.name()))
                    .map(OperatorBoard::panel)
                    .toList();
            rows.add(new Row(operator.name(), panels));
        }
        return new Board(
                "heatwire-operators",
                "Heatwire: operators",
                "Every meter that the operators of this wiring declare.",
                List.copyOf(rows));
    }

    private static Stream<MeterSpec> meters(OperatorSpec operator) {
        return Stream.concat(
                operator.meters().stream(),
                Stream.of(operator.duties().loops(), operator.duties().errors()).filter(Objects::nonNull));
    }

    private static Panel panel(MeterSpec meter) {
        return switch (meter.type()) {
            case COUNTER ->
                Panel.lines(
                        meter.name(),
                        "cps",
                        meter.help(),
                        "sum" + by(meter) + " (rate(" + meter.name() + "{}[5m]))",
                        legend(meter));
            case GAUGE -> gauge(meter);
            case HISTOGRAM ->
                Panel.lines(
                        meter.name(),
                        unit(meter.name()),
                        meter.help(),
                        Stream.of("0.5", "0.95", "0.99")
                                .map(share -> quantile(meter, share))
                                .toList());
        };
    }

    private static Panel gauge(MeterSpec meter) {
        String expression = "max" + by(meter) + " (" + meter.name() + "{})";
        // Grafana takes points in time in ms.
        return meter.name().endsWith("_epoch")
                ? Panel.lines(meter.name(), "dateTimeFromNow", meter.help(), "1000 * " + expression, legend(meter))
                : Panel.lines(meter.name(), unit(meter.name()), meter.help(), expression, legend(meter));
    }

    private static Query quantile(MeterSpec meter, String share) {
        String labels = Stream.concat(labels(meter), Stream.of("le")).collect(Collectors.joining(", "));
        return new Query(
                "histogram_quantile(" + share + ", sum by (" + labels + ") (rate(" + meter.name() + "_bucket{}[5m])))",
                labels(meter).map(label -> "{{" + label + "}} ").collect(Collectors.joining()) + "p"
                        + share.substring(2));
    }

    private static String by(MeterSpec meter) {
        return meter.labels().isEmpty() ? "" : labels(meter).collect(Collectors.joining(", ", " by (", ")"));
    }

    private static String legend(MeterSpec meter) {
        return meter.labels().isEmpty()
                ? meter.name()
                : labels(meter).map(label -> "{{" + label + "}}").collect(Collectors.joining(" "));
    }

    private static Stream<String> labels(MeterSpec meter) {
        return meter.labels().stream().map(Label::name);
    }

    private static String unit(String name) {
        if (name.endsWith("_ms")) {
            return "ms";
        }
        if (name.endsWith("_seconds")) {
            return "s";
        }
        return name.endsWith("_ratio") ? "percentunit" : "short";
    }
}
