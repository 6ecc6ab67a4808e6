package io.heatwire.engine.commit;

/** What the script answered. */
public sealed interface CommitReply {

    /** Every entry is settled. */
    final class Done implements CommitReply {

        private final long[] replies;

        /** The numbers of the script: a 0, then one for each entry. */
        Done(long[] replies) {
            this.replies = replies;
        }

        /** What became of the entry at this position of the call. */
        public Settled settled(int index) {
            return Settled.of(replies[index + 1]);
        }

        /** Position of the entry that halted the stage; -1 when none did. */
        public int haltedAt() {
            for (int i = 1; i < replies.length; i++) {
                if (Settled.of(replies[i]) == Settled.HALTED) {
                    return i - 1;
                }
            }
            return -1;
        }

        /** Position among the keys of the call of the key that holds another type, for the entry that halted the stage. */
        public int wrongKey(int index) {
            return (int) (replies[index + 1] >> 3) - 1;
        }

        /** Whether the guard of this group had been passed before. */
        public boolean isDuplicate(int index, int group) {
            return ((replies[index + 1] >> (3 + group)) & 1) == 1;
        }
    }

    /** Nothing was done: the stream has reached its cap. */
    record Full(String stream) implements CommitReply {}

    /** Nothing was done: the key is no stream. */
    record BadKey(String stream) implements CommitReply {}
}
