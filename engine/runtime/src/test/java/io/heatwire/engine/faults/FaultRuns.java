package io.heatwire.engine.faults;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Which runs a fault has: as it is with one or several seeds, then sabotaged. */
final class FaultRuns implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        Fault fault = method.getAnnotation(Fault.class);
        Form form = Form.chosen();
        if (!form.wants(method.getName())) {
            return Stream.empty();
        }
        List<TestTemplateInvocationContext> runs = new ArrayList<>();
        for (long seed = 1; seed <= form.seeds(); seed++) {
            runs.add(new Run(new Trial(method, fault, form, seed, Sabotage.NONE)));
        }
        if (form.allControls() || fault.controlInCi()) {
            runs.add(new Run(new Trial(method, fault, form, 1, fault.control())));
        }
        return runs.stream();
    }

    private record Run(Trial trial) implements TestTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return trial.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new GivesTrial(trial), new MustBeNoticed(trial));
        }
    }

    private record GivesTrial(Trial trial) implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Trial.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return trial;
        }
    }

    private record MustBeNoticed(Trial trial) implements InvocationInterceptor {

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
                throws Throwable {
            long began = System.nanoTime();
            try {
                if (trial.isSabotaged()) {
                    mustBreak(invocation);
                } else {
                    invocation.proceed();
                }
            } catch (Throwable broken) {
                Progress.over(trial, trial + ": BROKEN: " + broken.getMessage(), began);
                throw broken;
            }
            Progress.over(trial, trial.isSabotaged() ? trial.toString() : trial + ": held", began);
        }

        private void mustBreak(Invocation<Void> invocation) throws Throwable {
            try {
                invocation.proceed();
            } catch (BrokenPromise noticed) {
                trial.noticed(noticed.getMessage());
                return;
            }
            throw new AssertionError("the suite did not notice " + trial.sabotage());
        }
    }
}
