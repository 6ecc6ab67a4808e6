package io.heatwire.wiring.reference;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Setting;
import java.math.BigDecimal;
import java.util.List;

/** What can be set, operator by operator. */
final class SettingsPage {

    private SettingsPage() {}

    static String render(List<OperatorSpec> catalog) {
        Markdown page = new Markdown()
                .title(
                        "Settings",
                        "Each operator with the fields it reads and the settings it takes under `settings:` in the"
                                + " wiring. The environment names are those of the existing services; the shipped"
                                + " wiring takes them as `${NAME:-default}`.");
        for (OperatorSpec spec : catalog) {
            page.chapter(spec.name())
                    .paragraph(Markdown.sentence(spec.summary()))
                    .paragraph(source(spec.kind()))
                    .table(
                            List.of("field", "required", "also found as", "meaning"),
                            spec.input().stream().map(SettingsPage::field).toList())
                    .table(
                            List.of("setting", "type", "default", "environment", "meaning"),
                            spec.settings().stream().map(SettingsPage::setting).toList());
        }
        return page.toString();
    }

    private static String source(OperatorSpec.Kind kind) {
        return switch (kind) {
            case STREAM -> "Reads a stream: `in`, `group`, `consumer`.";
            case LATE -> "Reads a stream, and lets each entry wait for a key: `in`, `group`, `consumer`.";
            case POLLED -> "Polls on an interval: `every_ms` or `every_s`.";
        };
    }

    private static List<String> field(FieldSpec field) {
        return List.of(
                Markdown.code(field.name()),
                field.required() ? "yes" : "no",
                Markdown.codes(field.aliases()),
                Markdown.sentence(field.help()));
    }

    private static List<String> setting(Setting setting) {
        String fallback = setting.fallback();
        return List.of(
                Markdown.code(setting.name()),
                type(setting),
                fallback == null ? "required" : fallback.isEmpty() ? "empty" : Markdown.code(fallback),
                Markdown.code(setting.env()),
                Markdown.sentence(setting.help()));
    }

    private static String type(Setting setting) {
        String bounds = ", " + plain(setting.min()) + " to " + plain(setting.max());
        return switch (setting.type()) {
            case TEXT -> "text";
            case INTEGER -> "whole number" + bounds;
            case DECIMAL -> "number" + bounds;
            case FLAG -> "true or false";
            case CHOICE -> "one of " + Markdown.codes(setting.choices());
            case LIST -> "list of words";
            case EXPRESSION -> "[expression](../guide/expressions.md)";
            case CONDITION -> "[expression](../guide/expressions.md) of type bool";
            case TEXTS -> "block of names with texts";
            case EXPRESSIONS -> "block of names with [expressions](../guide/expressions.md)";
            case CONDITIONS -> "block of names with [expressions](../guide/expressions.md) of type bool";
        };
    }

    private static String plain(double bound) {
        return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }
}
