package io.heatwire.ops.proof;

import java.util.Map;
import java.util.Set;

/**
 * What to prove, and how far a proof may go.
 *
 * @param stages names of stages; empty for all that are switched on
 * @param toAllGroups whether groups that are not of this wiring may be given the entries, too
 * @param saturate whether late observers may be given more than they can let wait
 * @param event fields for operators that have no suite of their own
 * @param waitMs how long to wait for each effect, in ms
 */
public record ProofRequest(
        Set<String> stages, boolean toAllGroups, boolean saturate, Map<String, String> event, long waitMs) {}
