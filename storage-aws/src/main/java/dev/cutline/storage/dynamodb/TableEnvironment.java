package dev.cutline.storage.dynamodb;

import dev.cutline.SettingsReader;
import dev.cutline.StoreException;
import dev.cutline.aws.AwsProblem;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The environment that a table is at home in: an item of its own, written by whoever opens the
 * table first and held against everybody's afterwards, so that local and production data never
 * meet.
 */
final class TableEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(TableEnvironment.class);
  private static final String ENVIRONMENT = "environment";

  /** No owner's key starts so. */
  private static final Map<String, AttributeValue> KEY = Keys.key("CUTLINE", "ENVIRONMENT");

  private TableEnvironment() {}

  /**
   * Holds the environment of settings, if they name one, against that of their table, which is this
   * one from now on if it had none; another one is a problem of the settings. Who may neither read
   * nor write the item goes on with a warning.
   *
   * @throws dev.cutline.InvalidSettingsException if the table is at home in another environment
   * @throws StoreException if DynamoDB fails
   */
  static void check(DynamoDbClient client, DynamoDbSettings settings, SettingsReader in) {
    settings
        .environment()
        .ifPresent(wanted -> check(new Table(client, settings.table()), wanted, in));
    in.finish();
  }

  private static void check(Table table, String environment, SettingsReader in) {
    try {
      String known = claim(table, environment);
      if (!known.equals(environment)) {
        in.problem("table", problem(table.name(), known, environment));
      }
    } catch (StoreException e) {
      if (!(e.getCause() instanceof SdkException cause)
          || AwsProblem.of(cause) != AwsProblem.ACCESS_DENIED) {
        throw e;
      }
      LOG.warn(
          "whether table {} belongs to the environment {} is not known: allow dynamodb:GetItem and"
              + " dynamodb:PutItem",
          table.name(),
          environment);
    }
  }

  /**
   * Returns the environment of the table, which is this one from now on if it had none.
   *
   * @throws StoreException if it can be neither read nor written
   */
  static String claim(Table table, String environment) {
    return find(table).orElseGet(() -> write(table, environment));
  }

  /** Returns the environment of the table; empty if it has none yet. */
  static Optional<String> find(Table table) {
    return table.get(KEY).map(TableEnvironment::text);
  }

  static String problem(String table, String known, String environment) {
    return "\""
        + table
        + "\" holds data of the environment \""
        + known
        + "\", and this is "
        + environment
        + "; name another table, or set cutline.environment";
  }

  /** Writes it, unless somebody was faster; returns what is there then. */
  private static String write(Table table, String environment) {
    Map<String, AttributeValue> item = new HashMap<>(KEY);
    item.put(ENVIRONMENT, Attributes.text(environment));
    try {
      table.put(
          PutItemRequest.builder().item(item).conditionExpression("attribute_not_exists(PK)"));
      return environment;
    } catch (ConditionalCheckFailedException e) {
      return text(e.item());
    }
  }

  private static String text(Map<String, AttributeValue> item) {
    return Objects.requireNonNullElse(Attributes.nullableText(item, ENVIRONMENT), "");
  }
}
