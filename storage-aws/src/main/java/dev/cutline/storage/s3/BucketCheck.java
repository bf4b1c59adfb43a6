package dev.cutline.storage.s3;

import dev.cutline.SettingsReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Looks at a bucket before it is used. One request tells whether it is there, whether it is in the
 * region that is set, whether S3 takes the credentials, and whether it encrypts by default.
 */
final class BucketCheck {
  private static final Logger LOG = LoggerFactory.getLogger(BucketCheck.class);
  static final String PERMISSION = "s3:GetEncryptionConfiguration";

  private BucketCheck() {}

  /**
   * Checks the bucket; what settings can mend is noted in the reader.
   *
   * @throws dev.cutline.StoreException if S3 cannot be reached or does not take the credentials
   */
  static void check(Bucket bucket, Unencrypted unencrypted, SettingsReader in) {
    try {
      bucket.send(client -> client.getBucketEncryption(request -> request.bucket(bucket.name())));
    } catch (SdkException e) {
      if (S3Errors.isNoBucket(e)) {
        in.problem("bucket", "\"" + bucket.name() + "\": " + S3Errors.NO_BUCKET);
      } else if (S3Errors.isElsewhere(e)) {
        in.problem("region", S3Errors.elsewhere(e));
      } else if (S3Errors.isForbidden(e)) {
        // Whoever may only read and write objects may still do so.
        tell(
            unencrypted,
            "does not tell whether it encrypts: allow " + PERMISSION + ", check bucket-owner",
            bucket);
      } else if (knowsNoEncryption(e)) {
        handle(bucket, unencrypted, in);
      } else {
        throw bucket.failure("open the image store", PERMISSION, e);
      }
    }
  }

  /** Some servers that speak like S3 do not know the question: then they cannot answer yes. */
  static boolean knowsNoEncryption(SdkException e) {
    return S3Errors.isNotFound(e) || isUnknown(e);
  }

  /** Tells whether a server does not know what it was asked. */
  static boolean isUnknown(SdkException e) {
    return S3Errors.code(e).equals("NotImplemented") || S3Errors.code(e).equals("MethodNotAllowed");
  }

  private static void handle(Bucket bucket, Unencrypted unencrypted, SettingsReader in) {
    if (unencrypted == Unencrypted.REFUSE) {
      in.problem(
          "unencrypted",
          "bucket \""
              + bucket.name()
              + "\" does not encrypt by default; set its default encryption, or set this to allow");
    } else {
      tell(unencrypted, "does not encrypt by default: set its default encryption", bucket);
    }
  }

  private static void tell(Unencrypted unencrypted, String what, Bucket bucket) {
    if (unencrypted != Unencrypted.ALLOW) {
      LOG.warn("bucket {} {}", bucket.name(), what);
    }
  }
}
