package io.heatwire.contract.declare;

/**
 * Why settings that are fine one by one do not fit together.
 *
 * @param setting the setting to point at
 * @param what what is wrong, as a sentence without a full stop
 * @param instead what to write instead
 */
public record SettingProblem(String setting, String what, String instead) {}
