package dev.cutline.storage.s3;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.aws.AwsClients;
import dev.cutline.aws.AwsDiagnosis;
import dev.cutline.aws.AwsProblem;
import dev.cutline.aws.IamStatement;
import dev.cutline.spi.Diagnosis;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/**
 * Looks at a bucket from all sides, and tries an object in it. What a server other than S3 does not
 * know is told and hinders nothing. Used once.
 */
final class BucketDiagnosis {
  /** No owner's key starts with a dash, so nobody's pictures are ever below this. */
  private static final String TRIAL = "images/-doctor/";

  /** All that the store does with a bucket. */
  private static final List<String> OF_BUCKET =
      List.of(
          "s3:ListBucket",
          "s3:ListBucketVersions",
          "s3:ListBucketMultipartUploads",
          BucketCheck.PERMISSION);

  /** All that the store does with objects. */
  private static final List<String> OF_OBJECTS =
      List.of(
          "s3:GetObject",
          "s3:PutObject",
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion");

  private final S3Settings settings;
  private final S3Client client;
  private final Bucket bucket;
  private final AwsDiagnosis aws;
  private final Diagnosis diagnosis;

  BucketDiagnosis(S3Settings settings, AwsClients clients, S3Client client, Diagnosis diagnosis) {
    this.settings = settings;
    this.client = client;
    this.bucket = new Bucket(client, settings.bucket());
    this.aws = AwsDiagnosis.of(clients, diagnosis);
    this.diagnosis = diagnosis;
  }

  void run() {
    if (aws.identify() && isThere()) {
      versions();
      publicAccess();
      policy();
      if (isOurs()) {
        tryAnObject();
      }
    }
  }

  /** As when a store is opened, one question tells whether the bucket is there, and encrypts. */
  private boolean isThere() {
    try {
      GetBucketEncryptionResponse answer =
          bucket.send(c -> c.getBucketEncryption(request -> request.bucket(name())));
      found();
      diagnosis.ok("the bucket encrypts by default (" + algorithms(answer) + ")");
    } catch (SdkException e) {
      if (S3Errors.isNoBucket(e)) {
        diagnosis.fail(
            "there is no bucket " + name(),
            "create it ('cutline init --aws' makes one for development), or set another bucket");
        return false;
      }
      if (S3Errors.isElsewhere(e)) {
        diagnosis.fail("bucket " + name() + ": " + S3Errors.elsewhere(e), null);
        return false;
      }
      if (S3Errors.isForbidden(e)) {
        aws.unread("whether the bucket encrypts", e, BucketCheck.PERMISSION);
        return true;
      }
      if (!BucketCheck.knowsNoEncryption(e)) {
        aws.failed("bucket " + name() + " cannot be asked", e, onBucket());
        return false;
      }
      found();
      unencrypted();
    }
    return true;
  }

  private void found() {
    diagnosis.ok("bucket " + name() + " is there, at " + settings.aws());
  }

  private static String algorithms(GetBucketEncryptionResponse answer) {
    List<String> named =
        answer.serverSideEncryptionConfiguration().rules().stream()
            .map(ServerSideEncryptionRule::applyServerSideEncryptionByDefault)
            .map(rule -> rule == null ? "" : rule.sseAlgorithmAsString())
            .filter(algorithm -> !algorithm.isEmpty())
            .toList();
    return named.isEmpty() ? "by a rule without a name" : String.join(", ", named);
  }

  private void unencrypted() {
    String text = "the bucket does not encrypt by default";
    switch (settings.unencrypted()) {
      case REFUSE ->
          diagnosis.fail(
              text + ", and is refused", "set its default encryption, or unencrypted to allow");
      case WARN -> diagnosis.warn(text, "set its default encryption");
      case ALLOW -> diagnosis.ok(text + ", which is allowed");
    }
  }

  private void versions() {
    String what = "whether the bucket keeps old versions";
    try {
      String status =
          bucket
              .send(c -> c.getBucketVersioning(request -> request.bucket(name())))
              .statusAsString();
      diagnosis.ok(
          status == null
              ? "the bucket keeps no old versions"
              : "versions of the bucket: " + status + "; a deletion takes every version");
    } catch (SdkException e) {
      aws.unread(what, e, "s3:GetBucketVersioning");
    }
  }

  private void publicAccess() {
    String close = "close it: aws s3api put-public-access-block, all four";
    try {
      PublicAccessBlockConfiguration block =
          bucket
              .send(c -> c.getPublicAccessBlock(request -> request.bucket(name())))
              .publicAccessBlockConfiguration();
      if (PublicAccess.isClosed(block)) {
        diagnosis.ok("public access to the bucket is blocked");
      } else {
        diagnosis.warn("public access to the bucket is blocked in part only", close);
      }
    } catch (SdkException e) {
      if (S3Errors.code(e).equals("NoSuchPublicAccessBlockConfiguration")) {
        diagnosis.warn(
            "public access to the bucket is not blocked, unless the account does", close);
      } else {
        aws.unread("whether public access is blocked", e, "s3:GetBucketPublicAccessBlock");
      }
    }
  }

  private void policy() {
    try {
      boolean open =
          Boolean.TRUE.equals(
              bucket
                  .send(c -> c.getBucketPolicyStatus(request -> request.bucket(name())))
                  .policyStatus()
                  .isPublic());
      if (open) {
        diagnosis.fail(
            "the policy of the bucket lets everybody in",
            "take the statement with \"Principal\": \"*\" out; pictures are shown by addresses that"
                + " are signed");
      } else {
        diagnosis.ok("the policy of the bucket lets only named ones in");
      }
    } catch (SdkException e) {
      if (S3Errors.code(e).equals("NoSuchBucketPolicy")) {
        diagnosis.ok("the bucket has no policy, so only its account gets in");
      } else {
        aws.unread("whether the policy of the bucket is public", e, "s3:GetBucketPolicyStatus");
      }
    }
  }

  /** Tells whether an object may be tried: in a bucket of another environment nothing is. */
  private boolean isOurs() {
    if (settings.environment().isEmpty()) {
      return true;
    }
    String wanted = settings.environment().get();
    Optional<String> known;
    try {
      known = BucketEnvironment.find(bucket);
    } catch (SdkException e) {
      aws.unread("which environment the bucket belongs to", e, BucketEnvironment.PERMISSIONS);
      return true;
    }
    if (known.isEmpty()) {
      diagnosis.ok("the bucket belongs to no environment yet; whoever opens it first claims it");
      return true;
    }
    return BucketEnvironment.tell(name(), known.get(), wanted, diagnosis);
  }

  /** By the store itself, so that what works here works there: its checksums, its encryption. */
  private void tryAnObject() {
    String key = TRIAL + UUID.randomUUID() + "/trial.png";
    ImageData trial = ImageData.of(new byte[] {1, 2, 3}, ImageFormat.PNG, 1, 1);
    try (S3ImageStore store =
        S3ImageStore.builder(client, name())
            .pathStyle(settings.pathStyle())
            .encryption(settings.encryption())
            .unencrypted(settings.unencrypted())
            .build()) {
      boolean written =
          tries("an object cannot be written", onObjects(), () -> store.put(key, trial));
      if (!written) {
        return;
      }
      boolean read = tries("it cannot be read", onObjects(), () -> read(store, key, trial));
      boolean listed =
          tries("the bucket cannot be listed", onBucket(), () -> store.list(TRIAL, null, 1));
      boolean deleted =
          tries(
              "an object cannot be deleted, " + key + " stays",
              onAll(),
              () -> store.deleteByPrefix(key.substring(0, key.lastIndexOf('/') + 1)));
      if (read && listed && deleted) {
        diagnosis.ok("an object was written, read, listed and deleted");
      }
    }
  }

  private static void read(S3ImageStore store, String key, ImageData trial) {
    byte[] stored;
    try (StoredObject object =
        store
            .get(key)
            .orElseThrow(
                () ->
                    new StoreException(
                        StoreException.Kind.CORRUPT, "what was just written is not there"))) {
      stored = object.readAll();
    }
    if (stored.length != trial.size()) {
      throw new StoreException(StoreException.Kind.CORRUPT, "other bytes came back than were sent");
    }
  }

  private boolean tries(String what, IamStatement needed, Runnable work) {
    try {
      work.run();
      return true;
    } catch (StoreException e) {
      if (e.getCause() instanceof SdkException cause) {
        boolean kms = AwsProblem.of(cause) == AwsProblem.KMS_DENIED;
        aws.failed(what, cause, kms ? onKey() : needed);
      } else {
        diagnosis.fail(what + ": " + e.getMessage(), null);
      }
      return false;
    }
  }

  private IamStatement onBucket() {
    return new IamStatement(OF_BUCKET, List.of(bucketArn()));
  }

  private IamStatement onObjects() {
    return new IamStatement(OF_OBJECTS, objectArns());
  }

  /** IAM passes over actions that a resource does not have. */
  private IamStatement onAll() {
    return new IamStatement(
        Stream.concat(OF_BUCKET.stream(), OF_OBJECTS.stream()).toList(),
        Stream.concat(Stream.of(bucketArn()), objectArns().stream()).toList());
  }

  private IamStatement onKey() {
    String key = settings.encryption().kmsKey();
    String arn =
        key == null || key.startsWith("alias/")
            ? aws.arn("kms", "key/*")
            : key.startsWith("arn:") ? key : aws.arn("kms", "key/" + key);
    return IamStatement.allow(arn, "kms:GenerateDataKey", "kms:Decrypt");
  }

  private String bucketArn() {
    return aws.globalArn("s3", name());
  }

  private List<String> objectArns() {
    return Stream.of("/images/*", "/unwritten/*")
        .map(objects -> aws.globalArn("s3", name() + objects))
        .toList();
  }

  private String name() {
    return settings.bucket();
  }
}
