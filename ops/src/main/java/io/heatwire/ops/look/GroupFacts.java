package io.heatwire.ops.look;

import io.heatwire.contract.event.EntryId;

/**
 * What the broker says of a consumer group.
 *
 * @param delivered the last entry it was given
 * @param pending how many entries it was given that are not acknowledged
 * @param lag how many it was not given yet; -1 when the broker does not know
 */
public record GroupFacts(String name, EntryId delivered, long pending, long lag) {}
