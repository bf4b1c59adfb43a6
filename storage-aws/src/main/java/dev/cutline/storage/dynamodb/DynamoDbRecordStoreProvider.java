package dev.cutline.storage.dynamodb;

import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsClients;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.Preparable;
import dev.cutline.spi.RecordStoreProvider;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Makes {@link DynamoDbRecordStore}s from settings, under the id {@code dynamodb}, and looks at
 * their table first. Public only because {@link java.util.ServiceLoader} needs it.
 *
 * <ul>
 *   <li>{@code table}: required
 *   <li>{@code environment}: which the table is at home in; another one is refused
 *   <li>{@code region}, {@code endpoint} and credentials as {@link dev.cutline.aws.AwsSettings}
 *       reads them
 * </ul>
 */
public final class DynamoDbRecordStoreProvider implements RecordStoreProvider, Preparable {
  /** For {@link java.util.ServiceLoader}. */
  public DynamoDbRecordStoreProvider() {}

  @Override
  public String id() {
    return "dynamodb";
  }

  /**
   * Returns a store whose table is there.
   *
   * @throws dev.cutline.InvalidSettingsException with every problem of the settings, or if the
   *     table is at home in another environment
   * @throws dev.cutline.StoreException if there is no such table, or it has other keys
   */
  @Override
  public RecordStore create(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    DynamoDbSettings read = DynamoDbSettings.read(in);
    in.finish();
    AwsClients aws = AwsClients.of(read.aws());
    try {
      DynamoDbClient client = aws.forStorage(DynamoDbClient.builder()).build();
      RecordStore store =
          DynamoDbRecordStore.builder(client, read.table())
              .closing(
                  () -> {
                    client.close();
                    aws.close();
                  })
              .open();
      TableEnvironment.check(client, read, in);
      return store;
    } catch (RuntimeException | Error e) {
      aws.close();
      throw e;
    }
  }

  @Override
  public void validate(Settings settings) {
    read(settings);
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    examine(settings, diagnosis, TableDiagnosis::run);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The table of {@link DynamoDbTables#create}.
   */
  @Override
  public void prepare(Settings settings, Diagnosis diagnosis) {
    examine(settings, diagnosis, TableDiagnosis::prepare);
  }

  private static void examine(
      Settings settings, Diagnosis diagnosis, Consumer<TableDiagnosis> work) {
    DynamoDbSettings read = read(settings);
    try (AwsClients aws = AwsClients.of(read.aws());
        DynamoDbClient client = aws.forStorage(DynamoDbClient.builder()).build()) {
      work.accept(new TableDiagnosis(read, aws, client, diagnosis));
    }
  }

  private static DynamoDbSettings read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    DynamoDbSettings read = DynamoDbSettings.read(in);
    in.finish();
    return read;
  }
}
