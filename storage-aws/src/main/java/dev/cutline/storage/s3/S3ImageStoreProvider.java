package dev.cutline.storage.s3;

import dev.cutline.ImageStore;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsClients;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.ImageStoreProvider;
import dev.cutline.spi.Preparable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Makes {@link S3ImageStore}s from settings, under the id {@code s3}, and looks at their bucket
 * first. Public only because {@link java.util.ServiceLoader} needs it.
 *
 * <ul>
 *   <li>{@code bucket}: required
 *   <li>{@code bucket-owner}: the account that the bucket has to belong to; any unless set
 *   <li>{@code path-style}: default false
 *   <li>{@code encryption}: {@code sse-s3} (default), {@code sse-kms} (default with a key) or
 *       {@code none}
 *   <li>{@code kms-key}: id, alias or ARN
 *   <li>{@code unencrypted}: {@code warn} (default), {@code refuse} or {@code allow} a bucket that
 *       does not encrypt
 *   <li>{@code environment}: which the bucket is at home in; another one is refused
 *   <li>{@code region}, {@code endpoint} and credentials as {@link dev.cutline.aws.AwsSettings}
 *       reads them
 * </ul>
 */
public final class S3ImageStoreProvider implements ImageStoreProvider, Preparable {
  /** For {@link java.util.ServiceLoader}. */
  public S3ImageStoreProvider() {}

  @Override
  public String id() {
    return "s3";
  }

  /**
   * Returns a store whose bucket is there.
   *
   * @throws dev.cutline.InvalidSettingsException with every problem of the settings, or if the
   *     bucket is not where they say, does not encrypt and that is refused, or is at home in
   *     another environment
   * @throws dev.cutline.StoreException if S3 cannot be reached or does not take the credentials
   */
  @Override
  public ImageStore create(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    S3Settings read = S3Settings.read(in);
    in.finish();
    AwsClients aws = AwsClients.of(read.aws());
    try {
      S3Client client = client(aws, read);
      Bucket bucket = new Bucket(client, read.bucket());
      BucketCheck.check(bucket, read.unencrypted(), in);
      in.finish(); // nothing is written into a bucket that is refused
      read.environment()
          .ifPresent(wanted -> BucketEnvironment.check(bucket, read.encryption(), wanted, in));
      in.finish();
      return S3ImageStore.builder(client, read.bucket())
          .pathStyle(read.pathStyle())
          .encryption(read.encryption())
          .unencrypted(read.unencrypted())
          .owning(
              () -> {
                client.close();
                aws.close();
              })
          .build();
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
    S3Settings read = read(settings);
    try (AwsClients aws = AwsClients.of(read.aws());
        S3Client client = client(aws, read)) {
      new BucketDiagnosis(read, aws, client, diagnosis).run();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A bucket without old versions, encrypted, closed to the public, which ends uploads that
   * nobody finishes after a day.
   */
  @Override
  public void prepare(Settings settings, Diagnosis diagnosis) {
    S3Settings read = read(settings);
    try (AwsClients aws = AwsClients.of(read.aws());
        S3Client client = client(aws, read)) {
      new BucketPreparation(read, aws, client, diagnosis).run();
    }
  }

  private static S3Settings read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    S3Settings read = S3Settings.read(in);
    in.finish();
    return read;
  }

  /**
   * A name of a bucket that was given up can be taken by anybody, who would be sent the pictures
   * then: with an owner set, each request says whose bucket it is meant for.
   */
  private static S3Client client(AwsClients aws, S3Settings read) {
    S3ClientBuilder builder = aws.forStorage(S3Client.builder()).forcePathStyle(read.pathStyle());
    String owner = read.bucketOwner();
    if (owner != null) {
      builder.overrideConfiguration(
          builder.overrideConfiguration().toBuilder()
              .putHeader("x-amz-expected-bucket-owner", owner)
              .build());
    }
    return builder.build();
  }
}
