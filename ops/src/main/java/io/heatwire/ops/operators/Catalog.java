package io.heatwire.ops.operators;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operators under construction; what would make two of them mean the same name is refused. */
final class Catalog {

    private static final String NAME = "[a-z][a-z0-9_]{0,60}";

    private final List<OperatorSpec> all;
    private final Map<String, String> operators = new HashMap<>();
    private final Map<String, String> meters = new HashMap<>();

    Catalog(List<OperatorSpec> shipped) {
        all = new ArrayList<>(shipped);
        for (OperatorSpec spec : shipped) {
            operators.put(spec.name(), "ships with Heatwire");
            spec.meters().forEach(meter -> meters.put(meter.name(), "operator " + spec.name()));
        }
    }

    List<OperatorSpec> all() {
        return List.copyOf(all);
    }

    void add(Path jar, List<OperatorSpec> found) {
        for (OperatorSpec spec : found) {
            try {
                check(jar, spec);
            } catch (UnusableOperatorsException refused) {
                throw refused;
            } catch (RuntimeException | LinkageError fault) {
                throw new UnusableOperatorsException(jar, "the declaration of an operator is broken: " + fault, fault);
            }
            all.add(spec);
        }
    }

    private void check(Path jar, OperatorSpec spec) {
        refuse(!spec.name().matches(NAME), jar, "'" + spec.name() + "' cannot be the name of an operator");
        String owner = operators.putIfAbsent(spec.name(), "is in " + jar.getFileName());
        refuse(owner != null, jar, "operator " + spec.name() + " " + owner + "; give this one another name");
        String of = " of operator " + spec.name();
        Set<String> settings = new HashSet<>();
        for (Setting setting : spec.settings()) {
            refuse(
                    !setting.name().matches(NAME),
                    jar,
                    "setting '" + setting.name() + "'" + of + " cannot have that name");
            refuse(!settings.add(setting.name()), jar, "setting " + setting.name() + of + " is declared twice");
            fallback(jar, setting, of);
        }
        Set<String> ports = new HashSet<>();
        spec.outputs().stream().map(Output::port).forEach(port -> port(jar, port, ports, of));
        spec.lookUps().stream().map(LookUpSpec::port).forEach(port -> port(jar, port, ports, of));
        spec.meters().forEach(meter -> meter(jar, meter, spec.name()));
        refuse(spec.factory() == null || spec.check() == null, jar, "the factory or the check" + of + " is missing");
    }

    private static void fallback(Path jar, Setting setting, String of) {
        String fallback = setting.fallback();
        if (fallback != null) {
            try {
                setting.parse(fallback);
            } catch (IllegalArgumentException refused) {
                throw new UnusableOperatorsException(
                        jar,
                        "setting " + setting.name() + of + " does not take its own default: " + refused.getMessage(),
                        refused);
            }
        }
    }

    private static void port(Path jar, String port, Set<String> ports, String of) {
        refuse(!port.matches(NAME), jar, "port '" + port + "'" + of + " cannot have that name");
        refuse(!ports.add(port), jar, "port " + port + of + " is declared twice");
    }

    /** The meters of one operator are its own: two declarations of one name would be told apart by nobody. */
    private void meter(Path jar, MeterSpec meter, String operator) {
        refuse(
                meter.name().startsWith("heatwire_") || !meter.name().matches(NAME),
                jar,
                "meter '" + meter.name() + "' of operator " + operator
                        + " cannot have that name: lower case letters, digits and _, and not heatwire_");
        String owner = meters.putIfAbsent(meter.name(), "operator " + operator);
        refuse(
                owner != null,
                jar,
                "meter " + meter.name() + " of operator " + operator + " belongs to " + owner
                        + "; give it another name");
    }

    private static void refuse(boolean isWrong, Path jar, String what) {
        if (isWrong) {
            throw new UnusableOperatorsException(jar, what);
        }
    }
}
