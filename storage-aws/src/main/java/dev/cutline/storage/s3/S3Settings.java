package dev.cutline.storage.s3;

import dev.cutline.SettingsReader;
import dev.cutline.aws.AwsSettings;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bucket, and how it is used. Keys, besides those of {@link AwsSettings}:
 *
 * <ul>
 *   <li>{@code bucket}: its name; required
 *   <li>{@code bucket-owner}: the account that it belongs to, 12 digits; S3 refuses every request
 *       to a bucket of that name that is somebody else's; not checked unless set
 *   <li>{@code path-style}: whether the bucket stands in the path of addresses and not in the host
 *       name, as most servers other than AWS want it; default false
 *   <li>{@code encryption}: {@code sse-s3}, {@code sse-kms}, or {@code none} for a server that
 *       knows nothing of it; the default is {@code sse-kms} with a {@code kms-key}, otherwise
 *       {@code sse-s3}
 *   <li>{@code kms-key}: id, alias or ARN; the default for {@code sse-kms} is the key that AWS
 *       keeps for S3
 *   <li>{@code unencrypted}: what to do about a bucket that does not encrypt: {@code warn}, {@code
 *       refuse} or {@code allow}; default {@code warn}
 *   <li>{@code environment}: which the bucket is at home in: up to 32 of a-z, 0-9 and dash. The
 *       first that is set is written into the bucket, another one is refused from then on; neither
 *       unless set. {@code Cutline} sets its own
 * </ul>
 *
 * @param aws where S3 is, and as whom it is asked
 * @param bucket its name
 * @param bucketOwner the account that it has to belong to; null: any
 * @param pathStyle whether the bucket stands in the path
 * @param encryption what S3 is asked for
 * @param unencrypted what to do about a bucket that does not encrypt
 * @param environment that the bucket has to be at home in; empty: any
 */
record S3Settings(
    AwsSettings aws,
    String bucket,
    @Nullable String bucketOwner,
    boolean pathStyle,
    Encryption encryption,
    Unencrypted unencrypted,
    Optional<String> environment) {
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9-]{1,32}");

  /** The values of {@code encryption}. */
  enum Kind {
    SSE_S3,
    SSE_KMS,
    NONE
  }

  /** Reads the keys; what is wrong with them is noted in the reader. */
  static S3Settings read(SettingsReader in) {
    return new S3Settings(
        AwsSettings.read(in),
        bucket(in),
        in.matching("bucket-owner", ACCOUNT, "the id of an account of AWS, 12 digits").orElse(null),
        in.bool("path-style", false),
        encryption(in),
        in.choice("unencrypted", Unencrypted.class, Unencrypted.WARN),
        in.matching(
            "environment", ENVIRONMENT, "the name of an environment, for example production"));
  }

  private static String bucket(SettingsReader in) {
    if (in.text("bucket").isEmpty()) {
      return in.required("bucket", "the name of a bucket of your own");
    }
    return in.matching(
            "bucket", BUCKET, "the name of a bucket: 3 to 63 of a-z, 0-9, dot and dash, no more")
        .orElse("");
  }

  private static Encryption encryption(SettingsReader in) {
    Optional<String> key = in.text("kms-key");
    Kind kind = in.choice("encryption", Kind.class, key.isPresent() ? Kind.SSE_KMS : Kind.SSE_S3);
    if (key.isPresent() && kind != Kind.SSE_KMS) {
      in.problem("kms-key", "is of no use here: leave encryption out, or set it to sse-kms");
    }
    return switch (kind) {
      case SSE_S3 -> Encryption.SSE_S3;
      case SSE_KMS -> Encryption.kms(key.orElse(null));
      case NONE -> Encryption.NONE;
    };
  }
}
