package dev.cutline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.InvalidSettingsException;
import dev.cutline.RateLimiter;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.spi.RateLimiterProvider;
import dev.cutline.spi.RecordStoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {
  @TempDir static Path folder;

  private final Databases databases = new Databases(folder);
  private final RecordStoreProvider records = new JdbcRecordStoreProvider();
  private final RateLimiterProvider limits = new JdbcRateLimiterProvider();

  @Test
  void areFoundByTheirId() {
    assertThat(ServiceLoader.load(RecordStoreProvider.class))
        .extracting(RecordStoreProvider::id)
        .containsExactly("jdbc");
    assertThat(ServiceLoader.load(RateLimiterProvider.class))
        .extracting(RateLimiterProvider::id)
        .containsExactly("jdbc");
  }

  @Test
  void makeAStoreOfAUrl() {
    String url = databases.missing();
    try (RecordStore store = records.create(Settings.of(Map.of("url", url)))) {
      store.create(Pictures.stored(1).build());
    }
    assertThat(Databases.file(url)).isRegularFile();
  }

  @Test
  void makeALimiterOfSixtyAnHourUnlessToldOtherwise() {
    String url = databases.empty();
    try (RateLimiter limiter = limits.create(Settings.of(Map.of("url", url)))) {
      assertThat(limiter.tryAcquire("alice").limit()).isEqualTo(60);
    }
    Map<String, String> two = Map.of("url", url, "requests", "2", "period", "PT10S");
    try (RateLimiter limiter = limits.create(Settings.of(two))) {
      assertThat(limiter.tryAcquire("bob").remaining()).isEqualTo(1);
      assertThat(limiter.tryAcquire("bob").remaining()).isZero();
      assertThat(limiter.tryAcquire("bob").retryAfter())
          .isPositive()
          .isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
  }

  @Test
  void shareOneDatabase() {
    String url = databases.missing();
    Settings settings = Settings.of(Map.of("url", url));
    try (RecordStore store = records.create(settings);
        RateLimiter limiter = limits.create(settings)) {
      assertThat(limiter.tryAcquire("alice").allowed()).isTrue();
      store.create(Pictures.stored(1).build());
      assertThat(limiter.tryAcquire("alice").remaining()).isEqualTo(58);
    }
  }

  @Test
  void tellAllProblemsAtOnce() {
    assertThat(
            problems(Map.of("pool-size", "0", "busy-timeout", "30", "uri", "x", "requests", "1")))
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).startsWith("url: is missing").contains("jdbc:sqlite:"),
            problem -> assertThat(problem).startsWith("pool-size: 0"),
            problem -> assertThat(problem).startsWith("busy-timeout: \"30\""),
            problem -> assertThat(problem).startsWith("uri: unknown").contains("url?"),
            problem -> assertThat(problem).startsWith("requests: unknown"));
    Map<String, String> wrong =
        Map.of("url", databases.missing(), "requests", "0", "period", "PT0S");
    assertThatThrownBy(() -> limits.create(Settings.of(wrong)))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("requests: 0")
        .hasMessageContaining("period: PT0S");
  }

  @Test
  void refuseUrlsThatAreNoFileOfSqlite() {
    for (String url :
        List.of(
            "cutline.db",
            "jdbc:sqlite:",
            "jdbc:sqlite: ",
            "jdbc:sqlite::memory:",
            "jdbc:sqlite::resource:x.db",
            "jdbc:sqlite:file:x.db",
            "jdbc:sqlite:x.db?journal_mode=OFF",
            "jdbc:sqlite:x\0.db",
            "jdbc:postgresql://localhost/x")) {
      assertThat(problems(Map.of("url", url)))
          .as(url)
          .singleElement()
          .asString()
          .startsWith("url: ");
    }
  }

  @Test
  void keepPasswordsOfOtherUrlsToThemselves() {
    for (String url :
        List.of(
            "jdbc:mysql://root:secret@localhost/x",
            "jdbc:postgresql://localhost/x?user=a&password=secret",
            "jdbc:sqlserver://localhost;password=secret")) {
      assertThat(problems(Map.of("url", url))).singleElement().asString().doesNotContain("secret");
    }
  }

  @Test
  void buildersRefuseWhatIsOutOfRange() {
    JdbcRecordStore.Builder store = JdbcRecordStore.builder("jdbc:sqlite:x.db");
    assertThatThrownBy(() -> store.connections(0)).hasMessageContaining("0");
    assertThatThrownBy(() -> store.connections(65)).hasMessageContaining("65");
    assertThatThrownBy(() -> store.busyTimeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.busyTimeout(Duration.ofMinutes(11)))
        .isInstanceOf(IllegalArgumentException.class);
    for (long requests : new long[] {0, -1, 1_000_001}) {
      assertThatThrownBy(
              () -> JdbcRateLimiter.builder("jdbc:sqlite:x.db", requests, Duration.ofHours(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (Duration period :
        List.of(
            Duration.ZERO, Duration.ofSeconds(-1), Duration.ofNanos(9_999), Duration.ofDays(366))) {
      assertThatThrownBy(() -> JdbcRateLimiter.builder("jdbc:sqlite:x.db", 10, period))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<String> problems(Map<String, String> settings) {
    try (RecordStore store = records.create(Settings.of(new HashMap<>(settings)))) {
      throw new AssertionError("made " + store + " of " + settings);
    } catch (InvalidSettingsException e) {
      return e.problems();
    }
  }
}
