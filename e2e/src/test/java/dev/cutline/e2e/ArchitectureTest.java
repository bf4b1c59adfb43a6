package dev.cutline.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.cutline.Deadline;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The arrows of dependency between our classes. The enforcer holds the arrows between artifacts;
 * this test also sees what an artifact may reach but a class should not use.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.cutline", "com.example.captions");

  /**
   * Whatever is not the API, the core, or above the core. Named by what it is not, so that a new
   * provider or store is held to the rule without being listed.
   */
  private static final DescribedPredicate<JavaClass> PROVIDERS_AND_STORES =
      resideInAPackage("dev.cutline..")
          .and(
              DescribedPredicate.not(
                  resideInAnyPackage(
                      "dev.cutline.core..",
                      "dev.cutline.imaging..",
                      "dev.cutline.micrometer..",
                      "dev.cutline.cli..",
                      "dev.cutline.e2e..")))
          .as("the API, providers and stores");

  @Test
  void packagesHaveNoCycles() {
    slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void providersAndStoresKnowNeitherCoreNorImagingNorFailsafe() {
    noClasses()
        .that(PROVIDERS_AND_STORES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cutline.core..", "dev.cutline.imaging..", "dev.failsafe..")
        .check(CLASSES);
  }

  @Test
  void imagingDoesNotKnowCore() {
    noClasses()
        .that()
        .resideInAPackage("dev.cutline.imaging..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cutline.core..", "dev.failsafe..")
        .check(CLASSES);
  }

  /** Whoever wants no meters has no Micrometer; who has them plugs them in. */
  @Test
  void nobodyButItsModuleKnowsMicrometer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cutline.micrometer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cutline.micrometer..", "io.micrometer..")
        .check(CLASSES);
  }

  @Test
  void metersKnowOnlyTheChainAndItsInstance() {
    noClasses()
        .that()
        .resideInAPackage("dev.cutline.micrometer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.cutline.imaging..",
            "dev.cutline.core.store..",
            "dev.cutline.core.contract..",
            "dev.cutline.core.money..")
        .check(CLASSES);
  }

  @Test
  void internalPackagesAreUsedOnlyByUs() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cutline..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.cutline..internal..")
        .check(CLASSES);
  }

  @Test
  void logsThroughSlf4jOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.logging..")
        .check(CLASSES);
  }

  /** A wall clock is set forth and back; a deadline must not move with it. */
  @Test
  void deadlinesAndWaitsOfTheChainKnowNoWallClock() {
    noClasses()
        .that(resideInAPackage("dev.cutline.core.chain..").or(type(Deadline.class)))
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat(
            belongToAnyOf(Instant.class, InstantSource.class, Clock.class, Date.class))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineWritesToStandardStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cutline.cli..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  @Test
  void everyArtifactHasOnePackageRootOfItsOwn() {
    Map<String, TreeSet<String>> packagesByArtifact =
        CLASSES.stream()
            .collect(
                groupingBy(
                    ArchitectureTest::artifact,
                    TreeMap::new,
                    mapping(JavaClass::getPackageName, toCollection(TreeSet::new))));
    Map<String, String> artifactsByRoot = new TreeMap<>();
    packagesByArtifact.forEach(
        (artifact, packages) -> {
          String root = packages.stream().reduce(ArchitectureTest::root).orElseThrow();
          assertThat(root).as("what %s of %s have in common", packages, artifact).contains(".");
          assertThat(artifactsByRoot.put(root, artifact)).as("another %s", root).isNull();
        });
    Map<String, String> artifactsByPackage = new TreeMap<>();
    packagesByArtifact.forEach(
        (artifact, packages) ->
            packages.forEach(
                name ->
                    assertThat(artifactsByPackage.put(name, artifact))
                        .as("%s is also in %s", name, artifact)
                        .isNull()));
    assertThat(artifactsByRoot).containsKeys("dev.cutline", "dev.cutline.core");
  }

  /** Returns the package that both lie in; empty if there is none. */
  private static String root(String one, String other) {
    String root = one;
    while (!(other + ".").startsWith(root + ".") && !root.isEmpty()) {
      root = root.substring(0, Math.max(0, root.lastIndexOf('.')));
    }
    return root;
  }

  /** Returns where the class was read from: a jar, or a folder of classes. */
  private static String artifact(JavaClass type) {
    String location = type.getSource().orElseThrow().getUri().toString();
    return location.substring(0, location.length() - type.getName().length() - ".class".length());
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("dev.cutline")
          ? SliceIdentifier.of(type.getPackageName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
