package dev.cutline.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageStore;
import dev.cutline.InvalidSettingsException;
import dev.cutline.RateLimiter;
import dev.cutline.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProvidersTest {
  @TempDir private Path folder;

  @Test
  void filesAreKeptInTheDirectoryThatIsSet() {
    ImageStore store =
        new FileImageStoreProvider().create(Settings.of(Map.of("directory", folder + "/objects")));

    assertThat(folder.resolve("objects")).isDirectory();
    assertThat(store.presign("a/b", Duration.ofHours(1))).isEmpty();
  }

  @Test
  void filesLinkToTheBaseUrlThatIsSet() {
    ImageStore store =
        new FileImageStoreProvider()
            .create(
                Settings.of(
                    Map.of(
                        "directory", folder.toString(),
                        "base-url", "https://example.org/",
                        "url-key", "0123456789abcdef")));

    assertThat(store.presign("a/b", Duration.ofHours(1)).orElseThrow().toString())
        .startsWith("https://example.org/objects/a/b?expires=");
  }

  @Test
  void everyProblemOfFilesIsTold() {
    assertProblems(
        () ->
            new FileImageStoreProvider()
                .create(Settings.of(Map.of("base-url", "ftp://x", "pfad", "x"))),
        "directory: is missing",
        "base-url: \"ftp://x\" is not",
        "pfad: unknown key");
    assertProblems(
        () ->
            new FileImageStoreProvider()
                .create(
                    Settings.of(
                        Map.of("directory", "a\0b", "base-url", "http://h", "url-key", "short"))),
        "directory: not a path",
        "url-key: has less than 16 characters");
    assertProblems(
        () ->
            new FileImageStoreProvider()
                .create(
                    Settings.of(Map.of("directory", folder.toString(), "base-url", "http://h"))),
        "url-key: is missing");
  }

  @Test
  void memoryHasNothingToSet() {
    new MemoryImageStoreProvider().create(Settings.of(Map.of())).close();
    new MemoryRecordStoreProvider().create(Settings.of(Map.of())).close();

    assertProblems(
        () -> new MemoryImageStoreProvider().create(Settings.of(Map.of("x", "1"))),
        "x: unknown key");
    assertProblems(
        () -> new MemoryRecordStoreProvider().create(Settings.of(Map.of("x", "1"))),
        "x: unknown key");
  }

  @Test
  void theMemoryLimiterTakesRequestsAndPeriod() {
    RateLimiter usual = new MemoryRateLimiterProvider().create(Settings.of(Map.of()));
    RateLimiter own =
        new MemoryRateLimiterProvider()
            .create(Settings.of(Map.of("requests", "2", "period", "PT24H")));

    assertThat(usual.tryAcquire("a"))
        .isEqualTo(new RateLimiter.Decision(true, 60, 59, Duration.ZERO));
    assertThat(own.tryAcquire("a").remaining()).isEqualTo(1);
    assertThat(own.tryAcquire("a").allowed()).isTrue();
    assertThat(own.tryAcquire("a").retryAfter())
        .isBetween(Duration.ofHours(11), Duration.ofHours(12));
    assertProblems(
        () ->
            new MemoryRateLimiterProvider()
                .create(Settings.of(Map.of("requests", "0", "period", "soon", "burst", "1"))),
        "requests: 0 is not between",
        "period: \"soon\" is not",
        "burst: unknown key");
  }

  @Test
  void theLimiterRefusesWhatIsNoLimit() {
    assertThatThrownBy(() -> MemoryRateLimiter.of(0, Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MemoryRateLimiter.of(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertProblems(ThrowingCallable call, String... starts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidSettingsException.class,
            e -> {
              List<String> problems = e.problems();
              assertThat(problems).hasSize(starts.length);
              for (int i = 0; i < starts.length; i++) {
                assertThat(problems.get(i)).startsWith(starts[i]);
              }
            });
  }
}
