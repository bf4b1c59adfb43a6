package dev.cutline.storage.s3;

import dev.cutline.SettingsReader;
import dev.cutline.spi.Diagnosis;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The environment that a bucket is at home in: an object of its own, written by whoever opens the
 * bucket first and held against everybody's afterwards, so that local and production data never
 * meet.
 */
final class BucketEnvironment {
  /** Beside the pictures, so that no page or deletion of theirs ever meets it. */
  static final String KEY = "cutline/environment";

  static final String READ = "s3:GetObject";
  static final String WRITE = "s3:PutObject";

  /** For messages. */
  static final String PERMISSIONS = READ + " and " + WRITE + " on " + KEY;

  private static final Logger LOG = LoggerFactory.getLogger(BucketEnvironment.class);

  private BucketEnvironment() {}

  /**
   * Holds an environment against that of the bucket, which is this one from now on if it had none;
   * another one is noted in the reader. Who may neither read nor write the object goes on with a
   * warning: policies that were made before there was one go on working.
   *
   * @throws dev.cutline.StoreException if S3 fails
   */
  static void check(Bucket bucket, Encryption encryption, String environment, SettingsReader in) {
    try {
      String known = claim(bucket, encryption, environment);
      if (!known.equals(environment)) {
        in.problem("bucket", problem(bucket.name(), known, environment));
      }
    } catch (SdkException e) {
      if (!S3Errors.isForbidden(e) && !BucketCheck.isUnknown(e)) {
        throw bucket.failure("open the image store", PERMISSIONS, e);
      }
      LOG.warn(
          "whether bucket {} belongs to the environment {} is not known: allow {}",
          bucket.name(),
          environment,
          PERMISSIONS);
    }
  }

  /**
   * Returns the environment of the bucket, which is this one from now on if it had none.
   *
   * @throws SdkException if it can be neither read nor written
   */
  static String claim(Bucket bucket, Encryption encryption, String environment) {
    Optional<String> known = find(bucket);
    if (known.isEmpty() && !write(bucket, encryption, environment)) {
      known = find(bucket);
    }
    return known.orElse(environment);
  }

  /** Returns the environment of the bucket; empty if it has none yet. */
  static Optional<String> find(Bucket bucket) {
    try {
      return Optional.of(
          bucket
              .send(client -> client.getObjectAsBytes(r -> r.bucket(bucket.name()).key(KEY)))
              .asString(StandardCharsets.UTF_8)
              .strip());
    } catch (SdkException e) {
      if (S3Errors.isNotFound(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Says whose bucket it is; tells whether it is that of the environment that is wanted. */
  static boolean tell(String bucket, String known, String wanted, Diagnosis diagnosis) {
    if (known.equals(wanted)) {
      diagnosis.ok("the bucket belongs to the environment " + known);
      return true;
    }
    diagnosis.fail("bucket " + problem(bucket, known, wanted), null);
    return false;
  }

  private static String problem(String bucket, String known, String environment) {
    return "\""
        + bucket
        + "\" holds data of the environment \""
        + known
        + "\", and this is "
        + environment
        + "; name another bucket, or set cutline.environment";
  }

  /** Writes it unless it is there; tells whether nobody was faster. */
  private static boolean write(Bucket bucket, Encryption encryption, String environment) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket.name())
            .key(KEY)
            .contentType("text/plain")
            .ifNoneMatch("*");
    encryption.ask(request);
    RequestBody body = RequestBody.fromString(environment + "\n");
    try {
      bucket.send(client -> client.putObject(request.build(), body));
      return true;
    } catch (SdkException e) {
      if (S3Errors.isPreconditionFailed(e) || S3Errors.isUndecided(e)) {
        return false;
      }
      throw e;
    }
  }
}
