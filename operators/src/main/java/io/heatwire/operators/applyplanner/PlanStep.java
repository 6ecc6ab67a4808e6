package io.heatwire.operators.applyplanner;

import io.heatwire.operators.closeaction.CloseAction;
import io.heatwire.operators.number.DecimalText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One order that a plan would place. */
sealed interface PlanStep {

    /** The name of the step in plans, results and metrics. */
    String name();

    /** The step as it stands in the plan, names in the order of contract section 5.4. */
    Map<String, Object> fields();

    /** Closes part of the position, or all of it, at the market. */
    record Close(CloseAction action) implements PlanStep {

        @Override
        public String name() {
            return "CLOSE_" + action;
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("step", name());
            fields.put("type", "market_reduce_only");
            fields.put("side", "close");
            fields.put("pct", action.percent());
            return fields;
        }
    }

    /** Moves the stop. */
    record UpdateStop(double price) implements PlanStep {

        @Override
        public String name() {
            return "UPDATE_SL";
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("step", name());
            fields.put("type", "stop_loss_order");
            fields.put("price", price);
            return fields;
        }
    }

    /** What a dry run reports of the step. */
    default Map<String, Object> dryRun() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("step", name());
        result.put("status", "would_execute");
        result.put("details", "DRY_RUN: " + inSingleQuotes());
        return result;
    }

    /** Readers of apply.result know the step in this notation; every text in it is a constant without quotes. */
    private String inSingleQuotes() {
        return fields().entrySet().stream()
                .map(field -> "'" + field.getKey() + "': "
                        + (field.getValue() instanceof Double number
                                ? DecimalText.write(number)
                                : "'" + field.getValue() + "'"))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
