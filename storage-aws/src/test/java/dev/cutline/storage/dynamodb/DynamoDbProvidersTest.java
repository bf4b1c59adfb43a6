package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.InvalidSettingsException;
import dev.cutline.RateLimiter;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.spi.RateLimiterProvider;
import dev.cutline.spi.RecordStoreProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Stores and limiters from settings alone. */
class DynamoDbProvidersTest {
  private final String table = Tables.fresh();

  @Test
  void bothAreFoundUnderTheirId() {
    assertThat(ServiceLoader.load(RecordStoreProvider.class))
        .extracting(RecordStoreProvider::id)
        .contains("dynamodb");
    assertThat(ServiceLoader.load(RateLimiterProvider.class))
        .extracting(RateLimiterProvider::id)
        .contains("dynamodb");
  }

  @Test
  void makesAStoreAndALimiterOnOneTable() {
    try (RecordStore store = new DynamoDbRecordStoreProvider().create(settings(Map.of()));
        RateLimiter limiter =
            new DynamoDbRateLimiterProvider()
                .create(settings(Map.of("requests", "2", "period", "PT1H")))) {
      var created = store.create(Pictures.of("alice", 1).storageState(StorageState.STORED).build());
      assertThat(store.find("alice", created.id())).contains(created);
      assertThat(limiter.tryAcquire("alice").remaining()).isEqualTo(1);
    }
  }

  @Test
  void everyProblemOfTheSettingsIsNamed() {
    Settings settings =
        Settings.of(
            Map.of("table", "a b", "period", "PT0S", "tabel", "x", "region", "eu-central-1"));
    assertThatThrownBy(() -> new DynamoDbRateLimiterProvider().create(settings))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("table")
        .hasMessageContaining("period")
        .hasMessageContaining("tabel");
  }

  @Test
  void aTableThatIsMissingIsNamed() {
    assertThatThrownBy(
            () ->
                new DynamoDbRecordStoreProvider()
                    .create(settings(Map.of("table", "no-such-table"))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no-such-table");
  }

  private Settings settings(Map<String, String> more) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "table", table,
                "region", "eu-central-1",
                "endpoint", LocalDynamoDb.get().endpoint().toString(),
                "access-key", "test",
                "secret-key", "test"));
    all.putAll(more);
    return Settings.of(all);
  }
}
