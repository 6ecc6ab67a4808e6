package io.heatwire.ops.shadow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the price went after the closes that would have been cut down: with what would have been kept of the position, or against
 * it. Sizes and fees are not in it, nor what would have been decided next.
 *
 * @param moves the move of each that is known, sorted, as a share of the price; positive when it was well to keep
 * @param unknown how many are not known: the proposals told no price or side, or none came in time
 */
record Hindsight(List<Double> moves, long unknown) {

    private static final long NOT_BEFORE_MS = 300_000;
    private static final long NOT_AFTER_MS = 3_600_000;

    static Hindsight of(List<Comparison> oldestFirst) {
        Map<String, List<Comparison>> priced = oldestFirst.stream()
                .filter(each -> each.position().hasPrice())
                .collect(Collectors.groupingBy(Comparison::symbol));
        List<Double> moves = new ArrayList<>();
        priced.values().forEach(ofSymbol -> addMoves(ofSymbol, moves));
        long changed = oldestFirst.stream().filter(Comparison::isChanged).count();
        return new Hindsight(moves.stream().sorted().toList(), changed - moves.size());
    }

    private static void addMoves(List<Comparison> ofSymbol, List<Double> moves) {
        int last = 0;
        for (Comparison each : ofSymbol) {
            while (last + 1 < ofSymbol.size() && ofSymbol.get(last + 1).atMs() - each.atMs() <= NOT_AFTER_MS) {
                last++;
            }
            Comparison later = ofSymbol.get(last);
            if (each.isChanged() && each.position().direction() != 0 && later.atMs() - each.atMs() >= NOT_BEFORE_MS) {
                moves.add(move(each, later));
            }
        }
    }

    private static double move(Comparison then, Comparison later) {
        double rise = later.position().price() / then.position().price() - 1;
        return rise * then.position().direction();
    }

    long kept() {
        return moves.stream().filter(move -> move > 0).count();
    }

    long closed() {
        return moves.stream().filter(move -> move < 0).count();
    }

    double median() {
        return moves.isEmpty() ? Double.NaN : moves.get((moves.size() - 1) / 2);
    }

    double worst() {
        return moves.isEmpty() ? Double.NaN : moves.get(0);
    }
}
