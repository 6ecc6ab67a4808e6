package io.heatwire.contract.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyTemplateTest {

    @Test
    void putsValuesWhereTheirVariablesStand() {
        KeyTemplate template = KeyTemplate.parse("dedupe:{obs_point}:{plan_id}:x");
        assertThat(template.variables()).containsExactly("obs_point", "plan_id");
        assertThat(template.key("plan_id", "p1", "obs_point", "late")).isEqualTo("dedupe:late:p1:x");
        assertThat(KeyTemplate.parse("plain").key()).isEqualTo("plain");
    }

    @Test
    void takesBracesInAValueAsTheyAre() {
        assertThat(KeyTemplate.parse("by:{id}").key("id", "{id}")).isEqualTo("by:{id}");
    }

    @Test
    void saysWhatIsWrongWithATemplate() {
        assertThatThrownBy(() -> KeyTemplate.parse("a:{b")).hasMessageContaining("'{' without '}'");
        assertThatThrownBy(() -> KeyTemplate.parse("a:{}")).hasMessageContaining("not a variable name");
        assertThatThrownBy(() -> KeyTemplate.parse("a:{planId}")).hasMessageContaining("'planId'");
        assertThatThrownBy(() -> KeyTemplate.parse("a:{b}").key("c", "1")).hasMessageContaining("no value for {b}");
    }
}
