package io.heatwire.engine.stage;

import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.SourcePlan;

/** Says and counts what befell the consumer group. Nobody loses a group on purpose without knowing. */
final class GroupAlarm {

    private final Stage stage;
    private final String group;
    private boolean stopped;

    GroupAlarm(Stage stage) {
        this.stage = stage;
        this.group = stage.plan().source() instanceof SourcePlan.FromStream stream
                ? "the consumer group " + stream.group() + " of stream " + stream.key()
                : "";
    }

    /** Takes note of what an opening found. */
    void opened(GroupFound found) {
        switch (found.state()) {
            case THERE -> thereAgain();
            case REWOUND -> rewound();
            case FIRST -> first();
            case RESUMED -> lost(found, "where it stood");
            case ANOTHER_STREAM -> lost(found, "at the start, since the stream was deleted or is another one");
            case FROM_THE_START -> lost(found, "at the start, as on_group_lost says");
            case FROM_THE_END -> lost(found, "at the end, as on_group_lost says");
        }
        stopped = false;
    }

    /** Takes note of an opening that failed; a group that may not be created again is counted once. */
    void failed(Throwable failure) {
        if (failure instanceof LinkException link && link.code().equals(LinkException.GROUP_GONE) && !stopped) {
            stopped = true;
            stage.book().record(EngineMeters.GROUP_LOST, 1, stage.name());
            stage.log().error(Printable.of(String.valueOf(failure.getMessage())));
        }
    }

    /** Somebody has set the group back while it was in use. */
    void rewound() {
        stage.book().record(EngineMeters.GROUP_REWOUND, 1, stage.name());
        stage.log().error("{} was set back: acknowledged entries come again and are processed again", group);
    }

    private void thereAgain() {
        if (stopped) {
            stage.log().info("{} is there again", group);
        }
    }

    private void first() {
        // A stage that has read before had a group: whoever took it took the saved offset, too.
        if (stage.status().lastLoopAtMs() > 0) {
            stage.book().record(EngineMeters.GROUP_LOST, 1, stage.name());
            stage.log()
                    .error(
                            "{} was gone, and its saved offset, too; created again at the start: all the stream holds is processed",
                            group);
        } else if (!group.isEmpty()) {
            stage.log().info("created {} at the start of the stream", group);
        }
    }

    private void lost(GroupFound found, String where) {
        stage.book().record(EngineMeters.GROUP_LOST, 1, stage.name());
        count(found.lost(), "group_lost");
        count(found.skipped(), "skipped");
        count(found.trimmed(), "trimmed_unread");
        stage.log()
                .error(
                        "{} was gone; created again {}, at {}: {} entries come again, {} are skipped, {} are lost,"
                                + " {} were trimmed before they were delivered",
                        group,
                        where,
                        found.at(),
                        found.again() == GroupFound.MANY ? "more than a thousand" : found.again(),
                        found.skipped(),
                        found.lost(),
                        found.trimmed());
    }

    private void count(long entries, String cause) {
        if (entries > 0) {
            stage.book().record(EngineMeters.LOST, (double) entries, stage.name(), cause);
        }
    }
}
