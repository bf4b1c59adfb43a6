package dev.cutline.storage.dynamodb;

import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsSettings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which table, and where. Keys, besides those of {@link AwsSettings}:
 *
 * <ul>
 *   <li>{@code table}: its name; required
 *   <li>{@code environment}: which the table is at home in: up to 32 of a-z, 0-9 and dash. The
 *       first that is set is written into the table, another one is refused from then on; neither
 *       unless set. {@code Cutline} sets its own
 * </ul>
 *
 * @param aws where DynamoDB is, and as whom it is asked
 * @param table the name of the table
 * @param environment that the table has to be at home in; empty: any
 */
record DynamoDbSettings(AwsSettings aws, String table, Optional<String> environment) {
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");
  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9-]{1,32}");

  /** Reads the keys; what is wrong with them is noted in the reader. */
  static DynamoDbSettings read(SettingsReader in) {
    return new DynamoDbSettings(
        AwsSettings.read(in),
        table(in),
        in.matching(
            "environment", ENVIRONMENT, "the name of an environment, for example production"));
  }

  private static String table(SettingsReader in) {
    if (in.text("table").isEmpty()) {
      return in.required("table", "the name of a table of your own");
    }
    return in.matching(
            "table",
            TABLE,
            "the name of a table: 3 to 255 of a-z, A-Z, 0-9, dot, dash and underscore")
        .orElse("");
  }
}
