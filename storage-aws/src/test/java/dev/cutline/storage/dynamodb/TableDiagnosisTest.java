package dev.cutline.storage.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.cutline.Settings;
import dev.cutline.dynamodbtest.LocalDynamoDb;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Finding;
import dev.cutline.spi.Finding.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What is found out about a table, and what is made of one that is missing. */
class TableDiagnosisTest {
  private static WireMockServer wire;

  private final List<Finding> found = new ArrayList<>();
  private final String table = LocalDynamoDb.get().freshTable();

  @BeforeAll
  static void start() {
    wire = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    wire.start();
  }

  @AfterAll
  static void stop() {
    wire.stop();
  }

  @BeforeEach
  void reset() {
    wire.resetAll();
  }

  @Test
  void triesAnItemAndLeavesNothingOfIt() {
    DynamoDbTables.create(Tables.CLIENT, table);
    diagnose(settings());

    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);
    assertThat(lines())
        .contains(
            "OK record store: table "
                + table
                + " is there, at "
                + where()
                + ", with its keys and"
                + " indexes",
            "OK record store: the table is paid by the request",
            "OK record store: rate limits that are full again expire",
            "OK record store: an item was written, read and deleted, an index was queried");
    assertThat(Tables.CLIENT.scan(b -> b.tableName(table)).items()).isEmpty();
  }

  @Test
  void warnsOfATableInWhichNothingExpires() {
    diagnose(with("table", Tables.fresh()));
    assertThat(lines())
        .anyMatch(
            line -> line.startsWith("WARN record store: rate limits that are full again stay"));
  }

  @Test
  void tellsOfATableThatIsNotThere() {
    diagnose(settings());
    assertThat(lines())
        .last()
        .asString()
        .startsWith("FAIL record store: there is no table " + table + " at ")
        .contains("; make it ('cutline init --aws'");
  }

  @Test
  void tellsOfATableWithOtherKeys() {
    otherTable();
    for (Runnable look : List.<Runnable>of(() -> diagnose(settings()), () -> prepare(settings()))) {
      found.clear();
      look.run();
      assertThat(lines())
          .last()
          .asString()
          .startsWith("FAIL record store: table " + table + " is not one of ours: it has the keys")
          .contains("; name another");
    }
  }

  @Test
  void tellsWhichEnvironmentTheTableBelongsToAndTriesNothingInAnothers() {
    DynamoDbTables.create(Tables.CLIENT, table);
    diagnose(with("environment", "local"));
    assertThat(lines())
        .contains(
            "OK record store: the table belongs to no environment yet; whoever opens it first"
                + " claims it");
    assertThat(Tables.CLIENT.scan(b -> b.tableName(table)).items()).isEmpty();

    found.clear();
    prepare(with("environment", "production"));
    diagnose(with("environment", "production"));
    assertThat(lines())
        .contains("OK record store: the table belongs to the environment production");
    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);

    for (Runnable look :
        List.<Runnable>of(
            () -> diagnose(with("environment", "local")),
            () -> prepare(with("environment", "local")))) {
      found.clear();
      look.run();
      assertThat(lines())
          .last()
          .isEqualTo(
              "FAIL record store: table \""
                  + table
                  + "\" holds data of the environment \"production\", and this is local; name"
                  + " another table, or set cutline.environment");
      assertThat(lines()).noneMatch(line -> line.contains("an item was written"));
    }
  }

  @Test
  void makesATableOnceAndFindsItThen() {
    prepare(settings());
    assertThat(lines())
        .contains(
            "OK record store: made table "
                + table
                + " at "
                + where()
                + ", paid"
                + " by the request");
    found.clear();
    prepare(settings());
    assertThat(lines()).contains("OK record store: table " + table + " was there");
    assertThat(found).extracting(Finding::level).doesNotContain(Level.FAIL);
  }

  @Test
  void saysWhatWouldAllowWhatIsDenied() {
    answer(400, "AccessDeniedException", "not authorized to perform: dynamodb:DescribeTable");
    diagnose(with("endpoint", wire.baseUrl()));

    Finding denied = found.get(found.size() - 1);
    assertThat(denied.toString())
        .startsWith("FAIL record store: table " + table + " cannot be asked: access is denied");
    assertThat(denied.permission().orElseThrow())
        .startsWith("{\"Effect\":\"Allow\",\"Action\":[\"dynamodb:DescribeTable\",")
        .endsWith(
            "\"Resource\":[\"arn:aws:dynamodb:eu-central-1:*:table/"
                + table
                + "\",\"arn:aws:dynamodb:eu-central-1:*:table/"
                + table
                + "/index/*\"]}");
  }

  @Test
  void saysWhatWouldAllowATableToBeMade() {
    answer(400, "AccessDeniedException", "not authorized");
    prepare(with("endpoint", wire.baseUrl()));

    assertThat(found.get(found.size() - 1).permission().orElseThrow())
        .contains("\"dynamodb:CreateTable\"", "\"dynamodb:UpdateTimeToLive\"");
  }

  @Test
  void tellsOfAKeyThatAwsDoesNotKnow() {
    answer(400, "UnrecognizedClientException", "The security token is invalid.");
    diagnose(with("endpoint", wire.baseUrl()));

    assertThat(lines())
        .last()
        .asString()
        .contains("AWS does not take these credentials")
        .contains("; check access-key");
    assertThat(found.get(found.size() - 1).permission()).isEmpty();
  }

  private void otherTable() {
    Tables.CLIENT.createTable(
        b ->
            b.tableName(table)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build()));
  }

  private static void answer(int status, String code, String message) {
    wire.stubFor(
        WireMock.any(WireMock.anyUrl())
            .willReturn(
                WireMock.aResponse()
                    .withStatus(status)
                    .withBody(
                        "{\"__type\":\"com.amazon.coral.service#"
                            + code
                            + "\",\"message\":\""
                            + message
                            + "\"}")));
  }

  private static String where() {
    return "eu-central-1 at " + LocalDynamoDb.get().endpoint();
  }

  private List<String> lines() {
    return found.stream().map(Finding::toString).toList();
  }

  private void diagnose(Map<String, String> settings) {
    new DynamoDbRecordStoreProvider()
        .diagnose(Settings.of(settings), Diagnosis.of("record store", found::add));
  }

  private void prepare(Map<String, String> settings) {
    new DynamoDbRecordStoreProvider()
        .prepare(Settings.of(settings), Diagnosis.of("record store", found::add));
  }

  private Map<String, String> with(String key, String value) {
    Map<String, String> settings = settings();
    settings.put(key, value);
    return settings;
  }

  private Map<String, String> settings() {
    return new HashMap<>(
        Map.of(
            "table", table,
            "region", "eu-central-1",
            "endpoint", LocalDynamoDb.get().endpoint().toString(),
            "access-key", "test",
            "secret-key", "test"));
  }
}
