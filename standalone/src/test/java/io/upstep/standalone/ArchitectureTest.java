package io.upstep.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the direction in which the parts of Upstep may depend on each other (docs/adr/0001). */
@AnalyzeClasses(packages = "io.upstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String EVENT = "io.upstep.event..";
    private static final String BROKER = "io.upstep.broker..";
    private static final String PLANNER = "io.upstep.planner..";
    private static final String EXECUTOR = "io.upstep.executor..";
    private static final String VERIFIER = "io.upstep.verifier..";
    private static final String SIMULATOR = "io.upstep.simulator..";
    private static final String CONFIGURATION = "io.upstep.configuration..";

    @ArchTest
    static void shouldSeeEveryPart(JavaClasses all) {
        for (String part : new String[] {EVENT, BROKER, PLANNER, EXECUTOR, VERIFIER, SIMULATOR, CONFIGURATION}) {
            classes()
                    .that()
                    .resideInAPackage(part)
                    .should()
                    .bePublic()
                    .orShould()
                    .notBePublic()
                    .allowEmptyShould(false)
                    .check(all);
        }
    }

    @ArchTest
    static final ArchRule theContractDependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(EVENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BROKER, PLANNER, EXECUTOR, VERIFIER, SIMULATOR);

    @ArchTest
    static final ArchRule configurationDependsOnNothingOfOurs = noClasses()
            .that()
            .resideInAPackage(CONFIGURATION)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EVENT, BROKER, PLANNER, EXECUTOR, VERIFIER, SIMULATOR);

    @ArchTest
    static final ArchRule configurationKnowsNoCommandLineBesideItsOwn = noClasses()
            .that()
            .resideInAPackage(CONFIGURATION)
            .and()
            .resideOutsideOfPackage("io.upstep.configuration.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.upstep.configuration.cli..", "picocli..");

    @ArchTest
    static final ArchRule brokersKnowNoService = noClasses()
            .that()
            .resideInAPackage(BROKER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLANNER, EXECUTOR, VERIFIER, SIMULATOR);

    @ArchTest
    static final ArchRule connectorsKnowNoEvents = noClasses()
            .that()
            .resideInAnyPackage("io.upstep.broker.redis..", "io.upstep.broker.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EVENT, "io.upstep.broker");

    @ArchTest
    static final ArchRule thePlannerKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(PLANNER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EXECUTOR, VERIFIER, SIMULATOR);

    @ArchTest
    static final ArchRule theExecutorKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(EXECUTOR)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLANNER, VERIFIER, SIMULATOR);

    @ArchTest
    static final ArchRule theVerifierKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(VERIFIER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PLANNER, EXECUTOR, SIMULATOR);

    @ArchTest
    static final ArchRule decisionsKnowNeitherStoreNorWire = noClasses()
            .that()
            .resideInAPackage("io.upstep.planner.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.upstep.planner.api..",
                    "io.upstep.planner.store..",
                    "io.upstep.planner.messaging..",
                    "io.upstep.planner.recipe..",
                    "java.sql..");

    @ArchTest
    static final ArchRule noRoomIsCalledCommonCoreOrUtil =
            noClasses().should().resideInAnyPackage("..common..", "..core..", "..util..", "..utils..");

    @ArchTest
    static final ArchRule roomsHaveNoCycles =
            slices().matching("io.upstep.(*)..").should().beFreeOfCycles();
}
