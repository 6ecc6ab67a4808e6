package io.heatwire.engine.link;

import java.util.List;

/** One call of a stage's commit script: keys and arguments as bytes, ready for the wire. */
public record ScriptCall(List<byte[]> keys, List<byte[]> args) {}
