package io.baler.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.services.s3.model.S3Request;

/** Which module may know which, and which class alone may do what. */
@AnalyzeClasses(packages = "io.baler", importOptions = DoNotIncludeTests.class)
class ModuleRulesTest {

    @ArchTest
    static final ArchRule theJobKnowsNoService = noClasses()
            .that()
            .resideInAPackage("io.baler.job..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.baler.api..",
                    "io.baler.worker..",
                    "io.baler.cleanup..",
                    "io.baler.local..",
                    "io.baler.bench..",
                    "io.baler.standalone..");

    @ArchTest
    static final ArchRule theApiKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage("io.baler.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.baler.worker..",
                    "io.baler.cleanup..",
                    "io.baler.local..",
                    "io.baler.bench..",
                    "io.baler.standalone..");

    @ArchTest
    static final ArchRule theWorkerKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage("io.baler.worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.baler.api..",
                    "io.baler.cleanup..",
                    "io.baler.local..",
                    "io.baler.bench..",
                    "io.baler.standalone..");

    @ArchTest
    static final ArchRule theCleanupKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage("io.baler.cleanup..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.baler.api..",
                    "io.baler.worker..",
                    "io.baler.local..",
                    "io.baler.bench..",
                    "io.baler.standalone..");

    @ArchTest
    static final ArchRule theEmbeddedStackKnowsNothingOfExports = noClasses()
            .that()
            .resideInAPackage("io.baler.local..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are Baler's own outside io.baler.local",
                    (JavaClass type) -> type.getPackageName().startsWith("io.baler.")
                            && !type.getPackageName().startsWith("io.baler.local")));

    @ArchTest
    static final ArchRule onlyTheBucketTalksToS3 = noClasses()
            .that()
            .resideInAnyPackage("io.baler.job", "io.baler.api..", "io.baler.worker..", "io.baler.cleanup..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SdkClient.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(S3Request.class);

    @ArchTest
    static final ArchRule noPackagesDependOnEachOtherInACircle = slices().matching(
                    "io.baler.(worker|api|standalone|local|cleanup|bench).(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule everyPackageSaysWhatMayBeNull =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
