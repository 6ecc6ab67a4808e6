package io.heatwire.engine.commit;

import java.nio.charset.StandardCharsets;

/** What the script answered. */
public sealed interface CommitReply {

    /** Every entry is settled. */
    final class Done implements CommitReply {

        private final long[] replies;

        /** The numbers of the script: how the offset fared, then one for each entry, then the bytes of what went wrong. */
        Done(long[] replies) {
            this.replies = replies;
        }

        /** What became of the entry at this position of the call. */
        public Settled settled(int index) {
            return Settled.of(replies[index + 1]);
        }

        /** What Redis said when an effect and the dead letter in its place were both refused; empty when that did not happen. */
        public String trouble(int entries) {
            byte[] text = new byte[replies.length - 1 - entries];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) replies[1 + entries + i];
            }
            return new String(text, StandardCharsets.UTF_8);
        }

        /** How the group's offset fared. */
        public Offset offset() {
            return replies[0] == 0 ? Offset.SAVED : replies[0] == -1 ? Offset.REWOUND : Offset.UNSAVED;
        }

        /** Whether the guard of this group had been passed before. */
        public boolean isDuplicate(int index, int group) {
            return ((replies[index + 1] >> (3 + group)) & 1) == 1;
        }
    }

    /** Nothing was done: the stream has reached its cap. */
    record Full(String stream) implements CommitReply {}

    /** Nothing was done: the key is not of the type it should be, such as stream. */
    record BadKey(String key, String type) implements CommitReply {}

    /** What became of the group's offset, which each commit saves. */
    enum Offset {
        /** Saved, or the stage has none. */
        SAVED,
        /** Saved; somebody has set the group back before, and acknowledged entries come again. */
        REWOUND,
        /** Redis refused to save it; the entries are settled all the same. */
        UNSAVED
    }
}
