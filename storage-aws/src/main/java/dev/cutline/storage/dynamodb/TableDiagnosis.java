package dev.cutline.storage.dynamodb;

import dev.cutline.StoreException;
import dev.cutline.aws.AwsClients;
import dev.cutline.aws.AwsDiagnosis;
import dev.cutline.aws.AwsProblem;
import dev.cutline.aws.IamStatement;
import dev.cutline.spi.Diagnosis;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsDescription;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** Looks at a table from all sides, and tries an item in it. Used once. */
final class TableDiagnosis {
  /** No other key starts so; what a killed process leaves of it expires. */
  private static final String TRIAL = "DOCTOR#";

  private static final long TRIAL_SECONDS = 3_600;

  /** All that records, caches, budgets and rate limits do with a table. */
  private static final List<String> NEEDED =
      List.of(
          "dynamodb:DescribeTable",
          "dynamodb:GetItem",
          "dynamodb:BatchGetItem",
          "dynamodb:Query",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "dynamodb:DeleteItem",
          "dynamodb:BatchWriteItem");

  private static final List<String> NEEDED_TO_MAKE =
      List.of(
          "dynamodb:DescribeTable",
          "dynamodb:CreateTable",
          "dynamodb:DescribeTimeToLive",
          "dynamodb:UpdateTimeToLive");

  private final DynamoDbSettings settings;
  private final DynamoDbClient client;
  private final AwsDiagnosis aws;
  private final Diagnosis diagnosis;

  TableDiagnosis(
      DynamoDbSettings settings, AwsClients clients, DynamoDbClient client, Diagnosis diagnosis) {
    this.settings = settings;
    this.client = client;
    this.aws = AwsDiagnosis.of(clients, diagnosis);
    this.diagnosis = diagnosis;
  }

  void run() {
    if (aws.identify() && isThere()) {
      backups();
      expiry();
      if (isOurs()) {
        tryAnItem();
      }
    }
  }

  /** Makes the table if there is none. */
  void prepare() {
    if (!aws.identify()) {
      return;
    }
    try {
      boolean made = DynamoDbTables.makeUnlessThere(client, name());
      diagnosis.ok(
          made
              ? "made table " + name() + " at " + settings.aws() + ", paid by the request"
              : "table " + name() + " was there");
    } catch (StoreException e) {
      failed("table " + name() + " cannot be made", e, NEEDED_TO_MAKE);
      return;
    }
    Table table = new Table(client, name());
    settings
        .environment()
        .ifPresent(
            wanted ->
                tries(
                    "which environment the table belongs to cannot be written down",
                    () -> tell(TableEnvironment.claim(table, wanted))));
  }

  private boolean isThere() {
    TableDescription table;
    try {
      table = DynamoDbTables.check(client, name()).table();
    } catch (StoreException e) {
      if (e.getCause() instanceof SdkException cause
          && AwsProblem.of(cause) == AwsProblem.NOT_FOUND) {
        diagnosis.fail(
            "there is no table " + name() + " at " + settings.aws(),
            "make it ('cutline init --aws' does for development), or set another table or region");
      } else {
        failed("table " + name() + " cannot be asked", e, NEEDED);
      }
      return false;
    }
    if (table.tableStatus() != TableStatus.ACTIVE && table.tableStatus() != TableStatus.UPDATING) {
      diagnosis.fail(
          "table " + name() + " is " + table.tableStatusAsString(), "wait until it is ACTIVE");
      return false;
    }
    diagnosis.ok(
        "table " + name() + " is there, at " + settings.aws() + ", with its keys and indexes");
    billing(table);
    return true;
  }

  private void billing(TableDescription table) {
    if (table.billingModeSummary() != null
        && table.billingModeSummary().billingMode() == BillingMode.PAY_PER_REQUEST) {
      diagnosis.ok("the table is paid by the request");
    } else {
      diagnosis.warn(
          "the capacity of the table is provisioned, so that many uploads at once are throttled",
          "set its billing mode to PAY_PER_REQUEST, or see that it scales by itself");
    }
  }

  private void backups() {
    try {
      ContinuousBackupsDescription backups =
          client
              .describeContinuousBackups(request -> request.tableName(name()))
              .continuousBackupsDescription();
      if (backups.pointInTimeRecoveryDescription() != null
          && backups.pointInTimeRecoveryDescription().pointInTimeRecoveryStatus()
              == PointInTimeRecoveryStatus.ENABLED) {
        diagnosis.ok("the table can be had back as it was at any moment of the last days");
      } else {
        diagnosis.warn(
            "the table cannot be had back as it was: point-in-time recovery is off",
            "turn it on where its records matter");
      }
    } catch (SdkException e) {
      aws.unread("whether the table has backups", e, "dynamodb:DescribeContinuousBackups");
    }
  }

  private void expiry() {
    try {
      var expiry =
          client.describeTimeToLive(request -> request.tableName(name())).timeToLiveDescription();
      boolean on =
          expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLED
              || expiry.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
      if (on && DynamoDbRateLimiter.EXPIRES.equals(expiry.attributeName())) {
        diagnosis.ok("rate limits that are full again expire");
      } else {
        diagnosis.warn(
            "rate limits that are full again stay for good",
            "set the time to live of the table to the attribute " + DynamoDbRateLimiter.EXPIRES);
      }
    } catch (SdkException e) {
      aws.unread("whether items expire", e, "dynamodb:DescribeTimeToLive");
    }
  }

  /** Tells whether an item may be tried: in a table of another environment nothing is. */
  private boolean isOurs() {
    if (settings.environment().isEmpty()) {
      return true;
    }
    Optional<String> known;
    try {
      known = TableEnvironment.find(new Table(client, name()));
    } catch (StoreException e) {
      failed("which environment the table belongs to cannot be read", e, NEEDED);
      return true;
    }
    if (known.isEmpty()) {
      diagnosis.ok("the table belongs to no environment yet; whoever opens it first claims it");
      return true;
    }
    return tell(known.get());
  }

  /** Tells whether it is the one that is wanted. */
  private boolean tell(String known) {
    String wanted = settings.environment().orElse(known);
    if (known.equals(wanted)) {
      diagnosis.ok("the table belongs to the environment " + known);
      return true;
    }
    diagnosis.fail("table " + TableEnvironment.problem(name(), known, wanted), null);
    return false;
  }

  private void tryAnItem() {
    Table table = new Table(client, name());
    Map<String, AttributeValue> key = Keys.key(TRIAL + UUID.randomUUID(), "TRIAL");
    Map<String, AttributeValue> item = new HashMap<>(key);
    long expires = Instant.now().getEpochSecond() + TRIAL_SECONDS;
    item.put(DynamoDbRateLimiter.EXPIRES, AttributeValue.fromN(Long.toString(expires)));
    if (!tries("an item cannot be written", () -> table.put(PutItemRequest.builder().item(item)))) {
      return;
    }
    boolean read = tries("it cannot be read", () -> table.get(key));
    boolean queried =
        tries(
            "an index cannot be queried",
            () -> new GlobalPages(table).tombstones(Instant.EPOCH, 1));
    boolean deleted =
        tries("it cannot be deleted", () -> table.delete(DeleteItemRequest.builder().key(key)));
    if (read && queried && deleted) {
      diagnosis.ok("an item was written, read and deleted, an index was queried");
    }
  }

  private boolean tries(String what, Runnable work) {
    try {
      work.run();
      return true;
    } catch (StoreException e) {
      failed(what, e, NEEDED);
      return false;
    }
  }

  private void failed(String what, StoreException e, List<String> actions) {
    if (e.getCause() instanceof SdkException cause) {
      String table = aws.arn("dynamodb", "table/" + name());
      aws.failed(what, cause, new IamStatement(actions, List.of(table, table + "/index/*")));
    } else {
      diagnosis.fail(String.valueOf(e.getMessage()), null);
    }
  }

  private String name() {
    return settings.table();
  }
}
