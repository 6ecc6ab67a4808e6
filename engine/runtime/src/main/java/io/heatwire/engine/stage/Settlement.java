package io.heatwire.engine.stage;

import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.commit.CommitReply;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.commit.Settled;
import io.heatwire.engine.metrics.EngineMeters;
import java.util.List;

/** Turns the reply of a commit into what people see: signals of what happened, and nothing of what did not. */
final class Settlement {

    private final Stage stage;
    private final Intake intake;
    private final Signals signals;
    private final GroupAlarm groupAlarm;
    private boolean unsaved;

    Settlement(Stage stage, Intake intake) {
        this.stage = stage;
        this.intake = intake;
        this.signals = new Signals(stage);
        this.groupAlarm = new GroupAlarm(stage);
    }

    void settle(List<Decided> entries, CommitReply.Done reply) {
        int settled = 0;
        EntryAccount.Tally tally = new EntryAccount.Tally();
        for (int i = 0; i < entries.size(); i++) {
            settle(entries.get(i), reply, i, tally);
            if (reply.settled(i) != Settled.PUT_BACK) {
                settled++;
                stage.progressed(entries.get(i).id());
            }
        }
        if (settled > 0) {
            stage.status().committed(settled);
            stage.book().record(EngineMeters.COMMIT_ENTRIES, settled, stage.name());
        }
        stage.status().settled(tally, entries);
        offset(reply.offset());
    }

    private void offset(CommitReply.Offset offset) {
        if (offset == CommitReply.Offset.REWOUND) {
            groupAlarm.rewound();
        }
        if (offset == CommitReply.Offset.UNSAVED) {
            stage.status().couldNotSave();
        }
        if (offset == CommitReply.Offset.UNSAVED && !unsaved) {
            stage.log()
                    .error(
                            "Redis refused to save the offset of the group (rights for XPENDING, HSET and HDEL are needed)");
        }
        unsaved = offset == CommitReply.Offset.UNSAVED;
    }

    private void settle(Decided entry, CommitReply.Done reply, int index, EntryAccount.Tally tally) {
        switch (reply.settled(index)) {
            case COMMITTED -> {
                committed(entry, reply, index);
                tally.committed++;
            }
            case DUPLICATE -> {
                duplicate(entry);
                tally.duplicate++;
            }
            case REFUSED -> {
                refused();
                tally.refused++;
            }
            case DEAD -> {
                dead(entry);
                tally.dead++;
            }
            case WRONG_TYPE -> {
                diverted(entry, "wrong_type");
                tally.dead++;
            }
            case DIVERTED -> {
                diverted(entry, "effect_failed");
                tally.dead++;
            }
            case PUT_BACK -> {
                countError("write");
                tally.givenUp++;
            }
            case LOST -> {
                lost(entry);
                tally.lost++;
            }
        }
    }

    private void committed(Decided entry, CommitReply.Done reply, int index) {
        stage.book().record(EngineMeters.COMMITTED, 1, stage.name());
        if (entry.outcome() instanceof Outcome.Apply apply) {
            for (int g = 0; g < apply.groups().size(); g++) {
                Group group = apply.groups().get(g);
                signals.record(reply.isDuplicate(index, g) ? group.ifDuplicate() : group.signals());
            }
            signals.record(apply.signals());
        }
    }

    private void duplicate(Decided entry) {
        stage.book().record(EngineMeters.DUPLICATE, 1, stage.name());
        if (entry.outcome() instanceof Outcome.Apply apply) {
            signals.record(apply.ifDuplicate());
        }
    }

    private void refused() {
        stage.book().record(EngineMeters.REFUSED, 1, stage.name());
        countError("ack");
    }

    private void dead(Decided entry) {
        Outcome.Dead dead = (Outcome.Dead) entry.outcome();
        countDead(dead.reason());
        signals.record(dead.signals());
        if (stage.log().isWarnEnabled()) {
            stage.log().warn("{} moved to {}: {}", entry.id(), stage.plan().deadStream(), Printable.of(dead.reason()));
        }
    }

    private void diverted(Decided entry, String reason) {
        countDead(reason);
        countError("write");
        signals.record(intake.onDead(entry.event(), reason));
        stage.log()
                .error(
                        "{} moved to {}: {} (the dead letter carries the error)",
                        entry.id(),
                        stage.plan().deadStream(),
                        reason);
    }

    /** Nothing but this log line has its fields any longer. */
    private void lost(Decided entry) {
        stage.book().record(EngineMeters.LOST, 1, stage.name(), "letter_refused");
        countError("write");
        Event event = entry.event();
        stage.log()
                .error(
                        "{} is lost: some of its effects were refused, its dead letter too, and it could not become pending"
                                + " again; its fields: {}",
                        entry.id(),
                        event == null
                                ? "unreadable"
                                : Printable.of(event.fields().toString()));
    }

    private void countDead(String reason) {
        int colon = reason.indexOf(':');
        String word = colon < 0 ? reason : reason.substring(0, colon);
        stage.book().record(EngineMeters.DEAD, 1, stage.name(), word);
    }

    void countError(String where) {
        Duties duties = stage.plan().spec().duties();
        if (duties.errors() != null) {
            stage.book().record(duties.errors(), 1, where);
        }
    }
}
