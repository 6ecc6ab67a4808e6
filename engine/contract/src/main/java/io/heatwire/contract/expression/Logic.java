package io.heatwire.contract.expression;

import io.heatwire.contract.event.Event;
import java.util.List;

/** Truth values, comparisons and choices. */
final class Logic {

    private Logic() {}

    /**
     * Or and and: as in CEL, one side that decides by itself is enough, even when the other has no value.
     *
     * @param decisive the value of one side that decides
     */
    static Part either(Part left, Part right, String sign, boolean decisive) {
        mustBeTruth(left, "'" + sign + "' takes truth values");
        mustBeTruth(right, "'" + sign + "' takes truth values");
        return new Part(ValueType.BOOL, left.at(), right.end(), event -> either(left, right, decisive, event));
    }

    private static Object either(Part left, Part right, boolean decisive, Event event) {
        boolean first;
        try {
            first = left.truth(event);
        } catch (EvaluationException failed) {
            if (decides(right, decisive, event)) {
                return decisive;
            }
            throw failed;
        }
        return first == decisive ? decisive : right.truth(event);
    }

    /** Whether this side decides; when it has no value either, the failure of the first side is the one to tell. */
    private static boolean decides(Part side, boolean decisive, Event event) {
        try {
            return side.truth(event) == decisive;
        } catch (EvaluationException failed) {
            return false;
        }
    }

    static Part not(Token sign, Part of) {
        mustBeTruth(of, "'!' takes a truth value");
        return new Part(ValueType.BOOL, sign.at(), of.end(), event -> !of.truth(event));
    }

    static Part choice(Part first, Part yes, Part no) {
        mustBeTruth(first, "what stands before '?' must be a truth value");
        if (yes.type() != no.type()) {
            throw new ExpressionException(
                    no.at(),
                    "the choice gives " + yes.type().named() + " or "
                            + no.type().named(),
                    Functions.converted(yes.type(), no.type()));
        }
        return new Part(
                yes.type(),
                first.at(),
                no.end(),
                event -> (first.truth(event) ? yes : no).evaluation().of(event));
    }

    static Part compare(Part left, Token sign, Part right) {
        if (left.type() != right.type()) {
            throw new ExpressionException(
                    sign.at(),
                    "'" + sign.text() + "' compares " + left.type().named() + " with "
                            + right.type().named(),
                    Functions.converted(left.type(), right.type()));
        }
        boolean isOrder = !sign.isSign("==") && !sign.isSign("!=");
        if (isOrder && left.type() == ValueType.BOOL) {
            throw new ExpressionException(sign.at(), "truth values have no order", "write == or !=");
        }
        return new Part(ValueType.BOOL, left.at(), right.end(), event -> {
            int order = order(left.evaluation().of(event), right.evaluation().of(event));
            return switch (sign.text()) {
                case "==" -> order == 0;
                case "!=" -> order != 0;
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        });
    }

    static Part in(Part left, List<Part> items, Token open, Token close) {
        if (items.isEmpty()) {
            throw new ExpressionException(open.at(), "the list is empty", "");
        }
        for (Part item : items) {
            if (item.type() != left.type()) {
                throw new ExpressionException(
                        item.at(),
                        left.type().named() + " is looked for, and this is "
                                + item.type().named(),
                        Functions.converted(left.type(), item.type()));
            }
        }
        List<Part> all = List.copyOf(items);
        return new Part(ValueType.BOOL, left.at(), close.end(), event -> {
            Object wanted = left.evaluation().of(event);
            for (Part item : all) {
                if (order(wanted, item.evaluation().of(event)) == 0) {
                    return true;
                }
            }
            return false;
        });
    }

    /** Both are of one type. Strings are ordered by code points, as CEL orders them; 0.0 equals -0.0. */
    private static int order(Object left, Object right) {
        if (left instanceof Long number) {
            return Long.compare(number, (Long) right);
        }
        if (left instanceof Double number) {
            double other = (Double) right;
            return number < other ? -1 : number > other ? 1 : 0;
        }
        if (left instanceof String text) {
            return byCodePoints(text, (String) right);
        }
        return left.equals(right) ? 0 : 1;
    }

    private static int byCodePoints(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static void mustBeTruth(Part part, String what) {
        if (part.type() != ValueType.BOOL) {
            throw new ExpressionException(
                    part.at(),
                    what + ", and this is " + part.type().named(),
                    part.type() == ValueType.STRING ? "compare it, for example with == \"true\"" : "compare it");
        }
    }
}
