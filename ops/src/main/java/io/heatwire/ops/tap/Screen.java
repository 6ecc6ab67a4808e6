package io.heatwire.ops.tap;

import io.heatwire.ops.look.StreamEntry;

/** Where entries are shown. */
public interface Screen {

    /**
     * Shows an entry, and waits for a slow reader.
     *
     * @return false when nobody reads any more
     */
    boolean show(String stream, StreamEntry entry);

    /** Says how many entries were skipped since the last time it was said. */
    void skipped(long entries);
}
