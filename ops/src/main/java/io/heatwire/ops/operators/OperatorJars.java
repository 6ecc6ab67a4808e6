package io.heatwire.ops.operators;

import io.heatwire.contract.OperatorProvider;
import io.heatwire.contract.OperatorSpec;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/** Finds operators in the jars of a directory, each jar with a class loader of its own above ours. */
public final class OperatorJars {

    private static final String SERVICE = "META-INF/services/" + OperatorProvider.class.getName();

    private OperatorJars() {}

    /**
     * These operators and those of the jars, in the order of the jars' names.
     *
     * @throws UnusableOperatorsException when the directory cannot be read, or one of its jars cannot be used
     */
    public static List<OperatorSpec> with(List<OperatorSpec> shipped, Path directory) {
        Catalog catalog = new Catalog(shipped);
        for (Path jar : jars(directory)) {
            catalog.add(jar, operators(jar));
        }
        return catalog.all();
    }

    private static List<Path> jars(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new UnusableOperatorsException(
                    directory,
                    Files.exists(directory) ? "is not a directory of operators" : "there is no such directory");
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
            List<Path> found = new ArrayList<>();
            jars.forEach(found::add);
            return found.stream().sorted().toList();
        } catch (IOException unreadable) {
            throw new UnusableOperatorsException(directory, "cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static List<OperatorSpec> operators(Path jar) {
        refuseWithoutProvider(jar);
        // Never closed: operators may load their classes at any time until the process ends.
        ClassLoader loader = new URLClassLoader(new URL[] {url(jar)}, OperatorJars.class.getClassLoader());
        List<OperatorSpec> found = new ArrayList<>();
        try {
            for (OperatorProvider provider : ServiceLoader.load(OperatorProvider.class, loader)) {
                if (provider.getClass().getClassLoader() == loader) {
                    found.addAll(provider.operators());
                }
            }
        } catch (RuntimeException | Error fault) {
            // Whatever somebody else's code does wrong ends here, as a line for people.
            throw new UnusableOperatorsException(jar, "its operators cannot be loaded: " + reason(fault), fault);
        }
        if (found.isEmpty()) {
            throw new UnusableOperatorsException(jar, "its provider gives no operators");
        }
        return found;
    }

    private static void refuseWithoutProvider(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            if (file.getEntry(SERVICE) == null) {
                throw new UnusableOperatorsException(jar, "holds no operators: it has no " + SERVICE);
            }
        } catch (IOException noJar) {
            throw new UnusableOperatorsException(jar, "is no jar that can be read: " + noJar.getMessage(), noJar);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new UnusableOperatorsException(jar, "has no URL", impossible);
        }
    }

    private static String reason(Throwable fault) {
        Throwable cause = fault.getCause();
        return cause == null ? fault.toString() : fault.getMessage() + ": " + cause;
    }
}
