package io.heatwire.contract;

import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.KeyTemplate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The checked settings and keys of one stage: what an operator is made from.
 *
 * @param settings parsed values by setting name, complete
 * @param keys key templates by port, for look-ups, markers and keyed outputs
 * @param stage the name of the stage: what a label {@code stage} of its meters says; empty while only settings are checked
 */
public record OperatorConfig(Map<String, Object> settings, Map<String, KeyTemplate> keys, String stage) {

    /** A configuration of no stage in particular. */
    public OperatorConfig(Map<String, Object> settings, Map<String, KeyTemplate> keys) {
        this(settings, keys, "");
    }

    /** A text, choice or list-free setting. */
    public String text(String name) {
        return (String) value(name);
    }

    /** A whole-number setting. */
    public long integer(String name) {
        return (Long) value(name);
    }

    /** A number setting. */
    public double decimal(String name) {
        return (Double) value(name);
    }

    /** A switch. */
    public boolean flag(String name) {
        return (Boolean) value(name);
    }

    /** A list of words. */
    public List<String> list(String name) {
        return ((List<?>) value(name)).stream().map(String.class::cast).toList();
    }

    /** An expression or condition. */
    public Expression expression(String name) {
        return (Expression) value(name);
    }

    /** A block of names with an expression or condition each, in the order of the wiring. */
    public Map<String, Expression> expressions(String name) {
        return block(name, Expression.class);
    }

    /** A block of names with a text each, in the order of the wiring. */
    public Map<String, String> texts(String name) {
        return block(name, String.class);
    }

    private <T> Map<String, T> block(String name, Class<T> type) {
        Map<String, T> block = new LinkedHashMap<>();
        ((Map<?, ?>) value(name)).forEach((key, value) -> block.put((String) key, type.cast(value)));
        return block;
    }

    /** The key template bound to a port. */
    public KeyTemplate key(String port) {
        KeyTemplate key = keys.get(port);
        if (key == null) {
            throw new IllegalArgumentException("no key is bound to port " + port);
        }
        return key;
    }

    private Object value(String name) {
        Object value = settings.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no value for setting " + name);
        }
        return value;
    }
}
