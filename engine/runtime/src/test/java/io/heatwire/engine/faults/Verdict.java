package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.faults.Facts.Applied;
import io.heatwire.engine.faults.Promise.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The judgement over one run.
 *
 * @param entries input entries that had to have exactly one effect set
 * @param doubled of those, with more than one
 * @param again of those, with more than one because a person had them come again
 * @param missing of those, with none and no dead letter
 * @param counted lost entries the engine itself has counted and named
 * @param dead dead letters
 * @param rolledBack accepted by Redis, and gone from its history afterwards
 * @param broken what was not kept; empty when the invariant held
 */
record Verdict(
        long entries,
        long doubled,
        long again,
        long missing,
        long counted,
        long dead,
        long rolledBack,
        List<String> broken) {

    static Verdict of(
            Promise promise, Facts facts, Map<EntryId, String> accepted, List<Account> accounts, boolean all) {
        return new Judge(promise, facts, accepted).judge(accounts, all);
    }

    /** The same, with what else was found wrong. */
    Verdict with(List<String> wrong) {
        return new Verdict(entries, doubled, again, missing, counted, dead, rolledBack, List.copyOf(wrong));
    }

    boolean held() {
        return broken.isEmpty();
    }

    /** Compares what came in with what came out. */
    private static final class Judge {

        private final Promise promise;
        private final Facts facts;
        private final Map<EntryId, String> expected = new HashMap<>();
        private final Map<EntryId, Integer> times = new HashMap<>();
        private final List<String> broken = new ArrayList<>();
        private final long rolledBack;
        private long doubled;
        private long missing;
        private long diverted;

        Judge(Promise promise, Facts facts, Map<EntryId, String> accepted) {
            this.promise = promise;
            this.facts = facts;
            if (promise.history() == History.KEPT) {
                expected.putAll(accepted);
                rolledBack = 0;
            } else {
                Set<EntryId> gone = new HashSet<>(accepted.keySet());
                gone.removeAll(facts.input().keySet());
                rolledBack = gone.size();
            }
            expected.putAll(facts.input());
            facts.effects().forEach(effect -> times.merge(effect.source(), 1, Integer::sum));
        }

        Verdict judge(List<Account> accounts, boolean allReported) {
            TreeSet<EntryId> lost = new TreeSet<>();
            TreeSet<EntryId> twice = new TreeSet<>();
            expected.keySet().forEach(id -> settled(id, lost, twice));
            missing = lost.size();
            doubled = twice.size();
            tell(doubled > 0 && !promise.replays(), doubled + " entries with more than one effect set", twice);
            strangers();
            order();
            tellIf(facts.pending() != 0, facts.pending() + " entries pending at the end");
            Account sum = accounts.stream().reduce(Account.nothing(), Account::plus);
            if (promise.lossAllowed()) {
                tellIf(
                        allReported && sum.lost() != missing,
                        missing + " entries are gone without effects, " + sum.lost() + " were counted as lost");
            } else {
                tell(missing > 0, missing + " entries without effects", lost);
                tellIf(sum.lost() > 0, sum.lost() + " entries counted as lost though none had to be");
            }
            accounts.forEach(this::balance);
            balance(sum, allReported);
            return new Verdict(
                    expected.size(),
                    promise.replays() ? 0 : doubled,
                    promise.replays() ? doubled : 0,
                    missing,
                    sum.lost(),
                    facts.dead().size(),
                    rolledBack,
                    List.copyOf(broken));
        }

        private void settled(EntryId id, Set<EntryId> lost, Set<EntryId> twice) {
            int applied = times.getOrDefault(id, 0);
            List<String> letters = facts.dead().getOrDefault(id, List.of());
            boolean whole = expected.get(id).equals(facts.copies().get(id));
            if (letters.isEmpty()) {
                if (applied > 0 && !whole) {
                    tell(true, "half an effect set, or of another entry", Set.of(id));
                }
                if (applied == 0 && facts.copies().containsKey(id)) {
                    tell(true, "half an effect set", Set.of(id));
                }
                if (applied == 0) {
                    lost.add(id);
                }
            } else {
                boolean halfWay = promise.diverted() && letters.get(0).startsWith("effect_failed");
                diverted += halfWay ? applied : 0;
                tellIf(
                        !promise.mayBeDead().test(expected.get(id)),
                        id + " is a dead letter for " + letters.get(0).split(":", 2)[0]);
                tellIf(applied > 0 && !halfWay, id + " is a dead letter and has effects");
                tellIf(letters.size() > 1, id + " is a dead letter twice");
            }
            if (applied > 1) {
                twice.add(id);
            }
        }

        private void strangers() {
            for (Applied effect : facts.effects()) {
                String number = expected.get(effect.source());
                if (number == null) {
                    tellIf(true, "an effect of " + effect.source() + ", which never was in the input");
                } else {
                    tellIf(!number.equals(effect.n()), effect.source() + " has the effect of another entry");
                }
            }
        }

        private void order() {
            if (!promise.ordered()) {
                return;
            }
            long out = 0;
            EntryId last = EntryId.ZERO;
            for (Applied effect : facts.effects()) {
                out += effect.source().compareTo(last) < 0 ? 1 : 0;
                last = effect.source();
            }
            tellIf(out > 0, out + " effects out of order");
        }

        /** Each process: what it read it settled, or set aside when its connections were lost. */
        private void balance(Account account) {
            tellIf(
                    account.setAside() < 0 || (account.failures() == 0 && account.setAside() != 0),
                    "read " + account.read() + ", settled " + account.settled() + " without losing a connection");
        }

        /** All of them together: what they reported as committed is in Redis, and the rest are replies that were lost. */
        private void balance(Account sum, boolean allReported) {
            if (promise.history() == History.ROLLED_BACK || promise.replays()) {
                return;
            }
            long reported = sum.committed() - sum.gone();
            long unreported = facts.effects().size() - diverted - reported;
            tellIf(
                    unreported < 0,
                    reported + " commits reported, " + facts.effects().size() + " effects in Redis");
            tellIf(
                    allReported && sum.failures() == 0 && unreported > 0,
                    unreported + " effects nobody reported, though no connection was lost");
        }

        private void tell(boolean wrong, String what, Set<EntryId> ids) {
            tellIf(
                    wrong,
                    what + " ("
                            + String.join(
                                    ", ",
                                    ids.stream().limit(3).map(EntryId::toString).toList()) + ")");
        }

        private void tellIf(boolean wrong, String what) {
            if (wrong && broken.size() < 8) {
                broken.add(what);
            }
        }
    }
}
