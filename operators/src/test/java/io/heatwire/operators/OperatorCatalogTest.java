package io.heatwire.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.HealthField;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperatorCatalogTest {

    static Stream<OperatorSpec> operators() {
        return OperatorCatalog.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void findsEachOperatorByItsName(OperatorSpec spec) {
        assertThat(OperatorCatalog.byName(spec.name())).containsSame(spec);
        assertThat(OperatorCatalog.byName(spec.name() + "_not")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void givesEverySettingADefaultThatItAccepts(OperatorSpec spec) {
        assertThat(spec.settings()).allSatisfy(setting -> {
            if (setting.fallback() != null) {
                assertThat(setting.parse(setting.fallback())).isNotNull();
            }
            assertThat(setting.help()).isNotBlank();
        });
        assertThat(spec.settings()).extracting(Setting::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("operators")
    void declaresTheMetersOfItsDutiesAndItsHealth(OperatorSpec spec) {
        assertThat(spec.meters()).extracting(MeterSpec::name).doesNotHaveDuplicates();
        Stream.of(spec.duties().loops(), spec.duties().errors())
                .filter(meter -> meter != null)
                .forEach(meter -> assertThat(spec.meters()).contains(meter));
        spec.duties().health().stream()
                .filter(field -> field.fact() == HealthField.Fact.GAUGE)
                .forEach(field ->
                        assertThat(spec.meters()).extracting(MeterSpec::name).contains(field.gauge()));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void ordersHashesByAFieldTheyHave(OperatorSpec spec) {
        spec.outputs().forEach(output -> {
            if (output instanceof Output.ToHash hash && hash.newestBy() != null) {
                assertThat(hash.fields()).contains(hash.newestBy());
            }
        });
    }
}
