package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** A table takes the environment that opens it first, and no other. */
class TableEnvironmentTest {
  private final String table = Tables.fresh();
  private final Wire wire = new Wire();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger().addAppender(log);
    logger().setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger().detachAppender(log);
    logger().setAdditive(true);
  }

  @Test
  void whoOpensItFirstClaimsItAndTheOtherIsRefused() {
    new DynamoDbRecordStoreProvider().create(settings("production")).close();
    assertThat(items())
        .containsExactly(
            Map.of(
                "PK", AttributeValue.fromS("CUTLINE"),
                "SK", AttributeValue.fromS("ENVIRONMENT"),
                "environment", AttributeValue.fromS("production")));

    new DynamoDbRecordStoreProvider().create(settings("production")).close();
    new DynamoDbRateLimiterProvider().create(settings("production")).close();
    for (Runnable other :
        List.<Runnable>of(
            () -> new DynamoDbRecordStoreProvider().create(settings("local")),
            () -> new DynamoDbRateLimiterProvider().create(settings("local")))) {
      assertThat(catchThrowableOfType(InvalidSettingsException.class, other::run).problems())
          .containsExactly(
              "table: \""
                  + table
                  + "\" holds data of the environment \"production\", and this is local; name"
                  + " another table, or set cutline.environment");
    }
    assertThat(items()).hasSize(1);
  }

  @Test
  void aTableOfRateLimitsAloneIsClaimedToo() {
    new DynamoDbRateLimiterProvider().create(settings("local")).close();
    assertThatThrownBy(() -> new DynamoDbRecordStoreProvider().create(settings("production")))
        .isInstanceOf(InvalidSettingsException.class);
  }

  @Test
  void whoNamesNoEnvironmentClaimsNothingAndIsTakenByEvery() {
    new DynamoDbRecordStoreProvider().create(settings(null)).close();
    assertThat(items()).isEmpty();

    new DynamoDbRecordStoreProvider().create(settings("staging")).close();
    new DynamoDbRecordStoreProvider().create(settings(null)).close();
    assertThat(items()).hasSize(1);
  }

  @Test
  void whatKeepsItIsNobodysRecord() {
    check("production");
    try (DynamoDbRecordStore store = DynamoDbRecordStore.builder(Tables.CLIENT, table).open()) {
      var record =
          store.create(Pictures.of("CUTLINE", 1).storageState(StorageState.STORED).build());
      store.delete(record, Pictures.NOON);
      store.tombstones(Pictures.NOON, 10).forEach(store::bury);
    }
    assertThat(items()).hasSize(1);
  }

  @Test
  void itIsOneReadWhenItIsKnown() {
    check("production");
    wire.listen();
    check("production");
    assertThat(wire.calls()).containsExactly("getItem");
  }

  @Test
  void whoeverWasFasterHasIt() {
    check("local");
    wire.trouble(
        (name, request, ask) ->
            name.equals("getItem") ? GetItemResponse.builder().build() : ask.real(request));
    assertThatThrownBy(() -> check("production"))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("holds data of the environment \"local\"");
    assertThatCode(() -> check("local")).doesNotThrowAnyException();
  }

  @Test
  void whoMayNotReadOrWriteItIsToldAndGoesOn() {
    for (String denied : List.of("getItem", "putItem")) {
      wire.trouble(
          (name, request, ask) -> {
            if (name.equals(denied)) {
              throw refusal("AccessDeniedException");
            }
            return ask.real(request);
          });
      check("production");
    }
    assertThat(log.list)
        .hasSize(2)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsOnly(
            "whether table "
                + table
                + " belongs to the environment production is not known: allow dynamodb:GetItem and"
                + " dynamodb:PutItem");
    assertThat(items()).isEmpty();
  }

  @Test
  void whereNobodyCanTellTheStoreIsNotOpened() {
    wire.trouble(
        (name, request, ask) -> {
          throw refusal("UnrecognizedClientException");
        });
    assertThatThrownBy(() -> check("production"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("does not take these credentials");
  }

  @Test
  void anItemThatNamesNothingIsAnother() {
    Map<String, AttributeValue> item = new HashMap<>(Keys.key("CUTLINE", "ENVIRONMENT"));
    Tables.CLIENT.putItem(b -> b.tableName(table).item(item));
    assertThatThrownBy(() -> check("production"))
        .hasMessageContaining("holds data of the environment \"\"");
  }

  @Test
  void aNameThatIsNoneIsAProblem() {
    assertThatThrownBy(() -> new DynamoDbRecordStoreProvider().create(settings("a b")))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("environment: \"a b\" is not the name of an environment");
  }

  private static DynamoDbException refusal(String code) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(400)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage("no").build())
            .build();
  }

  private void check(String environment) {
    SettingsReader in = SettingsReader.of(settings(environment));
    TableEnvironment.check(wire.client(), DynamoDbSettings.read(in), in);
  }

  private List<Map<String, AttributeValue>> items() {
    return Tables.CLIENT.scan(b -> b.tableName(table).consistentRead(true)).items();
  }

  private Settings settings(String environment) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "table", table,
                "region", "eu-central-1",
                "endpoint", LocalDynamoDb.get().endpoint().toString(),
                "access-key", "test",
                "secret-key", "test"));
    if (environment != null) {
      all.put("environment", environment);
    }
    return Settings.of(all);
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(TableEnvironment.class);
  }
}
