package io.heatwire.ops.operators;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Makes jars such as somebody else would bring. */
public final class ForeignJar {

    private static final String SERVICE = "META-INF/services/io.heatwire.contract.OperatorProvider";

    private ForeignJar() {}

    /** A jar with a provider whose method has this body; {@code spec(name, meter)} makes an operator. */
    public static void provider(Path jar, String body) throws IOException {
        compiled(jar, """
                package acme;

                import io.heatwire.contract.*;
                import io.heatwire.contract.declare.*;
                import io.heatwire.contract.effect.*;
                import java.util.List;

                public final class Provider implements OperatorProvider {
                    public List<OperatorSpec> operators() {
                        %s
                    }

                    static OperatorSpec spec(String name, String meter, Setting... settings) {
                        return new OperatorSpec(name, "Foreign.", OperatorSpec.Kind.STREAM, List.of(), List.of(settings),
                            List.of(new Output.ToStream("out", List.of(), true, "")), List.of(),
                            List.of(MeterSpec.counter(meter, "x")), OperatorSpec.Duties.NONE,
                            config -> List.of(),
                            config -> (EventOperator) (event, found, nowMs) -> Outcome.nothing(List.of()));
                    }
                }
                """.formatted(body));
    }

    private static void compiled(Path jar, String source) throws IOException {
        Path folder = Files.createTempDirectory(jar.getParent(), "classes");
        Path file = Files.writeString(folder.resolve("Provider.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean isFine = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of("-d", folder.toString(), "-proc:none"),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            if (!isFine) {
                throw new IllegalStateException("the foreign operator does not compile");
            }
        }
        holding(
                jar,
                SERVICE,
                "acme.Provider".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "acme/Provider.class",
                Files.readAllBytes(folder.resolve("acme/Provider.class")));
    }

    /** A jar with these names and contents in turn. */
    public static void holding(Path jar, Object... namesAndContents) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                out.putNextEntry(new JarEntry((String) namesAndContents[i]));
                out.write((byte[]) namesAndContents[i + 1]);
                out.closeEntry();
            }
        }
    }
}
