package io.heatwire.engine.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of one fault; its method's name says the fault as a sentence and takes a {@link Trial}. Runs with the engine as it is,
 * and, in the long form or where CI should see it too, with a part of it taken out, which must then be noticed.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(FaultRuns.class)
@interface Fault {

    /** What is broken, for the report. */
    String what();

    /** What to take out so that this fault must break the promise. */
    Sabotage control();

    /** Whether the sabotaged run is part of CI. */
    boolean controlInCi() default false;
}
