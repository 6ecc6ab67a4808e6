package io.heatwire.engine.offset;

/**
 * Where a group stands, as a hash beside its stream. Its fields:
 *
 * <ul>
 *   <li>{@code last}: the group's last-delivered-id at the last commit
 *   <li>{@code low}: everything up to this id is settled
 *   <li>{@code top}: nothing above this id is settled
 *   <li>{@code held}: how many entries are pending
 *   <li>{@code pending}: their ids, separated by blanks; only when something above the first of them is settled, so that
 *       beginning again at {@code low} would repeat it, and for at most {@link #MOST_IDS} of them
 *   <li>{@code read}: the group's entries-read; empty while Redis does not know it
 *   <li>{@code settled}: entries acknowledged by commits since the account was opened
 *   <li>{@code base}: read less pending less settled when the account was opened, so that {@code read = base + settled + pending}
 *       from then on; absent until {@code read} is known
 *   <li>{@code account}: what the account of losses comes to; opened with the group, kept by the watch
 * </ul>
 */
public final class SavedOffset {

    /** How many ids of pending entries are saved at most: listing them costs Redis with every commit. */
    public static final int MOST_IDS = 1000;

    private SavedOffset() {}

    /** The key of the hash. */
    public static String key(String stream, String group) {
        return stream + ":offset:" + group;
    }
}
