package io.heatwire.contract.expression;

import io.heatwire.contract.expression.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads words as an expression, from the loosest binding to the tightest. Types are known on the way, so that what does not fit is
 * refused where it stands.
 */
final class Grammar {

    /** Evaluation goes as deep as the parts are nested; no expression for people comes near either bound. */
    private static final int DEEPEST = 40;

    private static final int MOST_PARTS = 250;

    private static final Set<String> RELATIONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private final Set<String> fields = new HashSet<>();
    private final Set<String> askedFor = new HashSet<>();
    private int next;
    private int depth;
    private int parts;

    Grammar(List<Token> tokens) {
        this.tokens = tokens;
    }

    Part read() {
        if (peek().kind() == Kind.END) {
            throw new ExpressionException(0, "the expression is empty", "");
        }
        Part whole = choice();
        if (peek().kind() != Kind.END) {
            throw new ExpressionException(
                    peek().at(),
                    peek().shown() + " does not belong here",
                    "join two parts with a sign such as && or +");
        }
        return whole;
    }

    Set<String> fields() {
        return fields;
    }

    Set<String> needed() {
        Set<String> needed = new HashSet<>(fields);
        needed.removeAll(askedFor);
        return needed;
    }

    private Part choice() {
        deeper();
        Part first = or();
        if (!skip("?")) {
            depth--;
            return first;
        }
        Part yes = or();
        expect(":");
        Part no = choice();
        depth--;
        return counted(Logic.choice(first, yes, no));
    }

    private Part or() {
        Part left = and();
        while (skip("||")) {
            left = counted(Logic.either(left, and(), "||", true));
        }
        return left;
    }

    private Part and() {
        Part left = relation();
        while (skip("&&")) {
            left = counted(Logic.either(left, relation(), "&&", false));
        }
        return left;
    }

    private Part relation() {
        Part left = sum();
        while (isRelation(peek())) {
            Token sign = take();
            left = counted(sign.isName("in") ? in(left) : Logic.compare(left, sign, sum()));
        }
        return left;
    }

    private static boolean isRelation(Token token) {
        return token.isName("in") || (token.kind() == Kind.SIGN && RELATIONS.contains(token.text()));
    }

    private Part in(Part left) {
        if (peek().isName("event")) {
            return inEvent(left);
        }
        Token open = expect("[");
        List<Part> items = new ArrayList<>();
        while (!peek().isSign("]")) {
            items.add(choice());
            if (!peek().isSign("]")) {
                expect(",");
            }
        }
        return Logic.in(left, items, open, take());
    }

    private Part inEvent(Part left) {
        Token event = take();
        Token name = tokens.get(next - 3);
        if (name.kind() != Kind.STRING || name.at() != left.at()) {
            throw new ExpressionException(
                    left.at(), "only the name of a field in quotes can be looked for in event", "");
        }
        askedFor.add(name.text());
        fields.add(name.text());
        return new Part(ValueType.BOOL, left.at(), event.end(), each -> each.get(name.text()) != null);
    }

    private Part sum() {
        Part left = product();
        while (peek().isSign("+") || peek().isSign("-")) {
            left = counted(Arithmetic.of(left, take(), product()));
        }
        return left;
    }

    private Part product() {
        Part left = unary();
        while (peek().isSign("*") || peek().isSign("/") || peek().isSign("%")) {
            left = counted(Arithmetic.of(left, take(), unary()));
        }
        return left;
    }

    private Part unary() {
        Token sign = peek();
        if (!sign.isSign("!") && !sign.isSign("-")) {
            return member();
        }
        take();
        if (sign.isSign("-") && peek().kind() == Kind.INT) {
            Token digits = take();
            return calls(counted(Literals.integer("-" + digits.text(), sign.at(), digits.end())));
        }
        deeper();
        Part of = unary();
        depth--;
        return counted(sign.isSign("!") ? Logic.not(sign, of) : Arithmetic.negative(sign, of));
    }

    private Part member() {
        return calls(counted(primary()));
    }

    /** Functions that are written behind a value. */
    private Part calls(Part first) {
        Part part = first;
        while (skip(".")) {
            Token name = expectName("the name of a function");
            if (!peek().isSign("(")) {
                throw new ExpressionException(name.at(), part.type().named() + " has no field " + name.text(), "");
            }
            part = counted(Functions.behind(part, name, arguments()));
        }
        return part;
    }

    private Part primary() {
        Token token = take();
        return switch (token.kind()) {
            case INT -> Literals.integer(token.text(), token.at(), token.end());
            case DOUBLE -> Literals.decimal(token);
            case STRING -> Literals.constant(ValueType.STRING, token, token.text());
            case NAME -> named(token);
            case SIGN -> inBrackets(token);
            case END -> throw new ExpressionException(token.at(), "the expression stops short", "a value is missing");
        };
    }

    private Part inBrackets(Token token) {
        if (token.isSign("[")) {
            throw new ExpressionException(token.at(), "a list can only stand behind in", "");
        }
        if (!token.isSign("(")) {
            throw new ExpressionException(token.at(), token.shown() + " stands where a value belongs", "");
        }
        Part inside = choice();
        return new Part(inside.type(), token.at(), expect(")").end(), inside.evaluation());
    }

    private Part named(Token name) {
        switch (name.text()) {
            case "true", "false" -> {
                return Literals.constant(ValueType.BOOL, name, Boolean.valueOf(name.text()));
            }
            case "event" -> {
                return field(name);
            }
            case "entry" -> {
                expect(".");
                return Literals.ofEntry(name, expectName("id or ms"));
            }
            default -> {
                if (!peek().isSign("(")) {
                    throw Functions.unknownName(name);
                }
                return name.isName("has") ? has(name) : Functions.named(name, arguments());
            }
        }
    }

    private Part field(Token event) {
        Token name = fieldName(event);
        fields.add(name.text());
        int end = tokens.get(next - 1).end();
        if (peek().isSign("(")) {
            throw new ExpressionException(
                    name.at(),
                    "event has no function " + name.text(),
                    "functions go behind a field: event.NAME.size()");
        }
        return new Part(ValueType.STRING, event.at(), end, each -> {
            String value = each.get(name.text());
            if (value == null) {
                throw EvaluationException.missing(name.text());
            }
            return value;
        });
    }

    private Token fieldName(Token event) {
        if (skip("[")) {
            Token name = take();
            if (name.kind() != Kind.STRING) {
                throw new ExpressionException(
                        name.at(), "the name of a field must be in quotes", "write event[\"NAME\"]");
            }
            expect("]");
            return name;
        }
        if (!skip(".")) {
            throw new ExpressionException(event.at(), "event by itself is no value", "write event.NAME for a field");
        }
        return expectName("the name of a field");
    }

    private Part has(Token has) {
        expect("(");
        Token event = take();
        if (!event.isName("event") || !peek().isSign(".")) {
            throw new ExpressionException(event.at(), "has() asks for a field", "write has(event.NAME)");
        }
        Token name = fieldName(event);
        askedFor.add(name.text());
        fields.add(name.text());
        return new Part(ValueType.BOOL, has.at(), expect(")").end(), each -> each.get(name.text()) != null);
    }

    private List<Part> arguments() {
        expect("(");
        List<Part> arguments = new ArrayList<>();
        while (!peek().isSign(")")) {
            arguments.add(choice());
            if (!peek().isSign(")")) {
                expect(",");
            }
        }
        take();
        return arguments;
    }

    private Part counted(Part part) {
        if (++parts > MOST_PARTS) {
            throw new ExpressionException(part.at(), "the expression has more than " + MOST_PARTS + " parts", "");
        }
        return part;
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw new ExpressionException(peek().at(), "the expression is nested deeper than " + DEEPEST, "");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private boolean skip(String sign) {
        if (!peek().isSign(sign)) {
            return false;
        }
        next++;
        return true;
    }

    private Token expect(String sign) {
        if (!peek().isSign(sign)) {
            throw new ExpressionException(peek().at(), "'" + sign + "' is missing before " + peek().shown(), "");
        }
        return take();
    }

    private Token expectName(String what) {
        Token name = take();
        if (name.kind() != Kind.NAME || Functions.RESERVED.contains(name.text())) {
            throw new ExpressionException(
                    name.at(), name.shown() + " stands where " + what + " belongs", "event[\"...\"] takes any name");
        }
        return name;
    }
}
