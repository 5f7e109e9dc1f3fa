package io.upstep.broker.contract.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that needs an installed program: skipped where it is not installed, unless UPSTEP_REQUIRE_SERVERS is true. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(RequiredServerCondition.class)
public @interface RequiresServer {
    /** A name to be found on the PATH, or a path. */
    String value();
}
