package dev.cutline.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Captioner;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  @TempDir private Path folder;

  @Test
  void listsWhatIsFoundByKindAndId() throws IOException {
    Providers providers =
        TestProviders.providers(
            folder,
            TestProviders.Palette.class,
            TestProviders.Echo.class,
            TestProviders.Detector.class);

    assertThat(providers.listings())
        .extracting(ProviderListing::toString)
        .containsExactly(
            "captioner echo (dev.cutline.core.TestProviders$Echo)",
            "captioner palette (dev.cutline.core.TestProviders$Palette)",
            "label detector rekognition (dev.cutline.core.TestProviders$Detector)",
            "image store files (dev.cutline.core.store.FileImageStoreProvider)",
            "image store memory (dev.cutline.core.store.MemoryImageStoreProvider)",
            "record store memory (dev.cutline.core.store.MemoryRecordStoreProvider)",
            "rate limiter memory (dev.cutline.core.store.MemoryRateLimiterProvider)");
    assertThat(providers.problems()).isEmpty();
    assertThat(providers.captions("echo")).isInstanceOf(TestProviders.Echo.class);
    assertThat(providers.labels("rekognition")).isInstanceOf(TestProviders.Detector.class);
    assertThat(providers.images("files").id()).isEqualTo("files");
    assertThat(providers.records("memory").id()).isEqualTo("memory");
    assertThat(providers.rateLimits("memory").id()).isEqualTo("memory");
  }

  @Test
  void makesTheCaptionerOfOneRungWithTheKeysOfTheChainBesideItsOwn() throws IOException {
    Providers providers = TestProviders.providers(folder, TestProviders.Echo.class);
    Map<String, String> section =
        Map.of(
            "cutline.provider.one.type", "echo",
            "cutline.provider.one.word", "w",
            "cutline.provider.one.timeout", "PT5S",
            "cutline.provider.one.price.input", "0.1");

    try (Captioner captioner = providers.captioner("one", Settings.of(section))) {
      assertThat(captioner.fingerprint()).isEqualTo("echo/w");
    }
  }

  @Test
  void tellsAllThatIsWrongWithOneRungAndClosesWhatItMade() throws IOException {
    Providers providers = TestProviders.providers(folder, TestProviders.Echo.class);
    TestProviders.EVENTS.clear();

    assertThatThrownBy(
            () ->
                providers.captioner(
                    "echo", Settings.of(Map.of("cutline.provider.echo.timeout", "20"))))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("cutline.provider.echo.timeout: \"20\" is not");
    assertThat(TestProviders.EVENTS)
        .containsExactly("made captioner echo", "closed captioner echo");
    assertThatThrownBy(
            () ->
                providers.captioner(
                    "echo",
                    Settings.of(
                        Map.of(
                            "cutline.provider.echo.timeout", "20",
                            "cutline.provider.echo.number", "77"))))
        .hasMessageContaining("cutline.provider.echo.timeout: ")
        .hasMessageContaining("; cutline.provider.echo.number: 77 is not");
  }

  @Test
  void findsWhatTheContextClassLoaderOffers() throws IOException {
    ClassLoader usual = Thread.currentThread().getContextClassLoader();
    Thread.currentThread()
        .setContextClassLoader(
            TestProviders.loader(folder, List.of(TestProviders.Echo.class.getName())));
    try {
      assertThat(Providers.find().captions("echo")).isNotNull();
      assertThat(Providers.find().problems()).as("ours are not found twice").isEmpty();
      Thread.currentThread().setContextClassLoader(null);
      assertThat(Providers.find().images("files")).isNotNull();
    } finally {
      Thread.currentThread().setContextClassLoader(usual);
    }
  }

  @Test
  void aProviderThatIsMissingIsNamedWithTheArtifactToAdd() throws IOException {
    Providers providers = TestProviders.providers(folder, TestProviders.Echo.class);

    assertMessage(
        () -> providers.captions("ollama"),
        "there is no captioner \"ollama\": found are echo (dev.cutline.core.TestProviders$Echo);"
            + " add dev.cutline:caption-openai");
    assertMessage(
        () -> providers.captions("nobody"),
        "there is no captioner \"nobody\": found are echo (dev.cutline.core.TestProviders$Echo)");
    assertMessage(
        () -> providers.labels("rekognition"),
        "there is no label detector \"rekognition\": none is on the class path; add"
            + " dev.cutline:caption-rekognition");
    assertThatThrownBy(() -> providers.captions("onnx"))
        .hasMessageContaining(
            "; it is planned and not there yet: leave it out, or add a provider of your own");
    assertThatThrownBy(() -> providers.records("jdbc")).hasMessageContaining("storage-jdbc");
    assertThatThrownBy(() -> providers.images("s3")).hasMessageContaining("storage-aws");
    assertThatThrownBy(() -> providers.rateLimits("dynamodb")).hasMessageContaining("storage-aws");
  }

  @Test
  void onlyArtifactsThatThereAreAreToBeAdded() {
    Path project = Path.of("..").toAbsolutePath().normalize();
    assertThat(project.resolve("caption-core/pom.xml")).as("where the test runs").exists();
    for (ProviderKind kind : ProviderKind.values()) {
      for (String id : kind.ids()) {
        Optional<String> artifact = kind.artifact(id);
        artifact.ifPresent(
            name ->
                assertThat(project.resolve(name.replace("dev.cutline:", "")))
                    .as(kind + " " + id)
                    .isDirectory());
        assertThat(kind.isPlanned(id)).isEqualTo(artifact.isEmpty());
      }
    }
    assertThat(ProviderKind.CAPTIONS.artifact("onnx")).isEmpty();
    assertThat(project.resolve("caption-onnx"))
        .as("once it is there, it is no longer planned")
        .doesNotExist();
  }

  @Test
  void twoOfOneIdAreAProblemOnlyForWhoNamesIt() throws IOException {
    Providers providers =
        TestProviders.providers(
            folder,
            TestProviders.Palette.class,
            TestProviders.Palette2.class,
            TestProviders.Echo.class);

    String problem =
        "two or more provide the captioner \"palette\": dev.cutline.core.TestProviders$Palette and"
            + " dev.cutline.core.TestProviders$Palette2; take all but one off the class path";
    assertThat(providers.captions("echo")).isNotNull();
    assertThat(providers.problems()).containsExactly(problem);
    assertMessage(() -> providers.captions("palette"), problem);
  }

  @Test
  void aBrokenProviderHidesNoOther() throws IOException {
    Providers providers =
        Providers.find(
            TestProviders.loader(
                folder,
                List.of(
                    "com.example.Missing",
                    TestProviders.Exploding.class.getName(),
                    TestProviders.Nameless.class.getName(),
                    TestProviders.Echo.class.getName())));

    assertThat(providers.captions("echo")).isNotNull();
    assertThat(providers.problems())
        .hasSize(3)
        .anyMatch(problem -> problem.contains("com.example.Missing"))
        .anyMatch(problem -> problem.contains("Exploding") && problem.contains("no good"))
        .anyMatch(problem -> problem.contains("who am I?"));
    assertThatThrownBy(() -> providers.captions("exploding"))
        .hasMessageStartingWith("there is no captioner \"exploding\"")
        .hasMessageContaining("no good");
  }

  private static void assertMessage(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(InvalidSettingsException.class).hasMessage(message);
  }
}
