package io.heatwire.wiring.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.SmallCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class WiringSchemaTest {

    private static final Path PROBLEMS = Path.of("src/test/resources/problems");
    private static final Gson GSON = new Gson();

    private static Set<ValidationMessage> complaints(List<OperatorSpec> catalog, String yaml) {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(GSON.toJson(WiringSchema.of(catalog)));
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(GSON.toJson(document), InputFormat.JSON);
    }

    @Test
    void explainsEveryKeyThatTheShapesKnow() {
        assertThat(WiringSchema.unexplained(OperatorCatalog.all())).isEmpty();
        assertThat(WiringSchema.unexplained(SmallCatalog.ALL)).isEmpty();
    }

    @Test
    void acceptsTheShippedWiring() throws IOException {
        assertThat(complaints(OperatorCatalog.all(), Files.readString(Path.of("../ops/etc/heatwire.yaml"))))
                .isEmpty();
    }

    @Test
    void acceptsTheWiringInTheReadme() throws IOException {
        Matcher block =
                Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../README.md")));
        assertThat(block.find()).isTrue();
        assertThat(complaints(OperatorCatalog.all(), block.group(1))).isEmpty();
    }

    @Test
    void acceptsAFileWithOneOfEverything() throws IOException {
        assertThat(complaints(SmallCatalog.ALL, Files.readString(Path.of("src/test/resources/good.yaml"))))
                .isEmpty();
    }

    /** Not W050, keys of the other kind of stage: the schema knows them apart. */
    @Test
    void acceptsWhateverTheRulesBehindTheStructureRefuse() throws IOException {
        try (Stream<Path> files = Files.list(PROBLEMS)) {
            for (Path file : files.filter(each -> each.toString().matches(".*W0([4678]\\d|5[1-9])\\.yaml"))
                    .sorted()
                    .toList()) {
                assertThat(complaints(SmallCatalog.ALL, Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    /** Not W026, two keys that exclude each other: the schema does not say that. */
    @ParameterizedTest
    @ValueSource(strings = {"W020", "W021", "W022", "W023", "W024", "W025", "W050"})
    void refusesWhatIsWronglyStructured(String code) throws IOException {
        assertThat(complaints(SmallCatalog.ALL, Files.readString(PROBLEMS.resolve(code + ".yaml"))))
                .isNotEmpty();
    }

    @Test
    void refusesAKeyOfTheOtherKindOfStageAndAnUnknownSetting() {
        String wiring = "{ heatwire: 1, stages: { p: { operator: apply_planner, %s } } }";
        assertThat(complaints(OperatorCatalog.all(), wiring.formatted("every_s: 5")))
                .isEmpty();
        assertThat(complaints(OperatorCatalog.all(), wiring.formatted("batch: 5")))
                .isNotEmpty();
        assertThat(complaints(OperatorCatalog.all(), wiring.formatted("settings: { k_block_warning: 0.5 }")))
                .isEmpty();
        assertThat(complaints(OperatorCatalog.all(), wiring.formatted("settings: { k_blok_warning: 0.5 }")))
                .isNotEmpty();
        assertThat(complaints(OperatorCatalog.all(), wiring.formatted("settings: { k_block_warning: '${K}' }")))
                .isEmpty();
        assertThat(complaints(OperatorCatalog.all(), wiring.formatted("settings: { k_block_warning: much }")))
                .isNotEmpty();
    }

    @Test
    void isTheSameTextEachTime() {
        assertThat(GSON.toJson(WiringSchema.of(OperatorCatalog.all())))
                .isEqualTo(GSON.toJson(WiringSchema.of(OperatorCatalog.all())));
    }
}
