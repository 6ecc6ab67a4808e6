package io.heatwire.operators.heatgate;

import java.util.Arrays;

/** The inputs of the heat score, in the order in which the contract adds them up (section 5.2). */
enum HeatInput {
    EXPOSURE("gross_exposure_usd", "exposure01", "gross_target_usd", "w_exp"),
    DRAWDOWN("dd_ewma_usd", "dd01", "dd_target_usd", "w_dd"),
    BURST("lossburst_ewma_usd", "burst01", "burst_target_usd", "w_burst"),
    FEE("fee_burden_ewma_usd", "fee01", "fee_target_usd", "w_fee"),
    CHURN("churn_ewma", "churn01", "churn_target", "w_churn");

    /** The field of the portfolio state. */
    final String field;
    /** The component's name in debug_json. */
    final String component;
    /** The setting with the value that counts as 1. */
    final String targetSetting;
    /** The setting with the component's weight. */
    final String weightSetting;

    HeatInput(String field, String component, String targetSetting, String weightSetting) {
        this.field = field;
        this.component = component;
        this.targetSetting = targetSetting;
        this.weightSetting = weightSetting;
    }

    /** The fields of all inputs. */
    static String[] fields() {
        return Arrays.stream(values()).map(input -> input.field).toArray(String[]::new);
    }
}
