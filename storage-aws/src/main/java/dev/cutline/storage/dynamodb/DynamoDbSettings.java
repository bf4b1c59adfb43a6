package dev.cutline.storage.dynamodb;

import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsSettings;
import java.util.regex.Pattern;

/**
 * Which table, and where. Keys, besides those of {@link AwsSettings}:
 *
 * <ul>
 *   <li>{@code table}: its name; required
 * </ul>
 *
 * @param aws where DynamoDB is, and as whom it is asked
 * @param table the name of the table
 */
record DynamoDbSettings(AwsSettings aws, String table) {
  private static final Pattern TABLE = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  /** Reads the keys; what is wrong with them is noted in the reader. */
  static DynamoDbSettings read(SettingsReader in) {
    return new DynamoDbSettings(AwsSettings.read(in), table(in));
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
