package dev.cutline.storage.dynamodb;

import dev.cutline.RateLimiter;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsClients;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.RateLimiterProvider;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Makes {@link DynamoDbRateLimiter}s from settings, under the id {@code dynamodb}. Public only
 * because {@link java.util.ServiceLoader} needs it.
 *
 * <ul>
 *   <li>{@code table}, {@code environment}, {@code region}, {@code endpoint} and credentials: as
 *       for {@link DynamoDbRecordStoreProvider}
 *   <li>{@code requests}: the size of a bucket, 1 to 1,000,000, default 60
 *   <li>{@code period}: in which an empty bucket fills, PT1S to P365D, default PT1H
 * </ul>
 */
public final class DynamoDbRateLimiterProvider implements RateLimiterProvider, Diagnosable {
  /** For {@link java.util.ServiceLoader}. */
  public DynamoDbRateLimiterProvider() {}

  @Override
  public String id() {
    return "dynamodb";
  }

  @Override
  public RateLimiter create(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    Limits limits = read(in);
    AwsClients aws = AwsClients.of(limits.table().aws());
    try {
      DynamoDbClient client = aws.forStorage(DynamoDbClient.builder()).build();
      RateLimiter limiter =
          DynamoDbRateLimiter.builder(
                  client, limits.table().table(), limits.requests(), limits.period())
              .closing(
                  () -> {
                    client.close();
                    aws.close();
                  })
              .open();
      TableEnvironment.check(client, limits.table(), in);
      return limiter;
    } catch (RuntimeException | Error e) {
      aws.close();
      throw e;
    }
  }

  @Override
  public void validate(Settings settings) {
    read(SettingsReader.of(settings));
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    DynamoDbSettings read = read(SettingsReader.of(settings)).table();
    try (AwsClients aws = AwsClients.of(read.aws());
        DynamoDbClient client = aws.forStorage(DynamoDbClient.builder()).build()) {
      new TableDiagnosis(read, aws, client, diagnosis).run();
    }
  }

  private static Limits read(SettingsReader in) {
    DynamoDbSettings table = DynamoDbSettings.read(in);
    long requests = in.whole("requests", 60, 1, DynamoDbRateLimiter.MAX_REQUESTS);
    Duration period =
        in.duration(
            "period", Duration.ofHours(1), Duration.ofSeconds(1), DynamoDbRateLimiter.MAX_PERIOD);
    in.finish();
    return new Limits(table, requests, period);
  }

  private record Limits(DynamoDbSettings table, long requests, Duration period) {}
}
