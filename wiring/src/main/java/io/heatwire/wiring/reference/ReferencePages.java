package io.heatwire.wiring.reference;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.MeterSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All reference pages, by file name. The same declarations always give the same text. */
public final class ReferencePages {

    private ReferencePages() {}

    /**
     * The pages settings.md, metrics.md, streams-and-keys.md and rules.md.
     *
     * @param engineMeters the meters every stage has, whatever its operator; empty leaves their chapter out
     */
    public static Map<String, String> render(List<OperatorSpec> catalog, List<MeterSpec> engineMeters) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("settings.md", SettingsPage.render(catalog));
        pages.put("metrics.md", MetricsPage.render(catalog, engineMeters));
        pages.put("streams-and-keys.md", StreamsAndKeysPage.render(catalog));
        pages.put("rules.md", RulesPage.render());
        return pages;
    }
}
