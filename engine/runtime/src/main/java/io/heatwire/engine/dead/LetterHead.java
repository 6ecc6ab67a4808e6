package io.heatwire.engine.dead;

import io.heatwire.contract.event.EntryId;

/**
 * A letter without its fields.
 *
 * @param word the first word of its reason; empty when no stage wrote it
 */
public record LetterHead(EntryId id, String word) {}
