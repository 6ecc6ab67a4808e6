package io.heatwire.ops.tune;

/**
 * What to do.
 *
 * @param setting the setting to change; empty when none should be
 * @param from what it is
 * @param to what it should be
 * @param why the numbers behind it
 * @param isCalm whether nothing has to be done
 */
public record Advice(String setting, long from, long to, String why, boolean isCalm) {

    static Advice change(String setting, long from, long to, String why) {
        return new Advice(setting, from, to, why, false);
    }

    /** Something to do that is no setting. */
    static Advice elsewhere(String why) {
        return new Advice("", 0, 0, why, false);
    }

    static Advice nothing(String why) {
        return new Advice("", 0, 0, why, true);
    }

    /** Whether a setting is to be changed. */
    public boolean isChange() {
        return !setting.isEmpty();
    }
}
