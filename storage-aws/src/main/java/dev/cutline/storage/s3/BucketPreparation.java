package dev.cutline.storage.s3;

import dev.cutline.aws.AwsClients;
import dev.cutline.aws.AwsDiagnosis;
import dev.cutline.aws.IamStatement;
import dev.cutline.spi.Diagnosis;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/**
 * Makes a bucket for development, and goes on where an earlier attempt was cut short: each property
 * that is there stays as it is, each that is missing is set. Used once.
 */
final class BucketPreparation {
  private static final int DAYS_TO_FINISH_AN_UPLOAD = 1;

  private final S3Settings settings;
  private final Bucket bucket;
  private final AwsDiagnosis aws;
  private final Region region;
  private final Diagnosis diagnosis;

  BucketPreparation(S3Settings settings, AwsClients clients, S3Client client, Diagnosis diagnosis) {
    this.settings = settings;
    this.bucket = new Bucket(client, settings.bucket());
    this.aws = AwsDiagnosis.of(clients, diagnosis);
    this.region = clients.region();
    this.diagnosis = diagnosis;
  }

  void run() {
    if (aws.identify() && isThere() && isOurs()) {
      if (settings.encryption().algorithm() != null) {
        encrypt();
      }
      closeToThePublic();
      endUnfinishedUploads();
    }
  }

  private boolean isThere() {
    try {
      bucket.send(c -> c.headBucket(request -> request.bucket(name())));
      diagnosis.ok("bucket " + name() + " was there");
      return true;
    } catch (SdkException e) {
      if (S3Errors.isElsewhere(e)) {
        diagnosis.fail("bucket " + name() + ": " + S3Errors.elsewhere(e), null);
        return false;
      }
      if (!S3Errors.isNoBucket(e) && !S3Errors.isNotFound(e)) {
        aws.failed(
            "bucket " + name() + " cannot be looked at, or is somebody else's",
            e,
            needed("s3:ListBucket"));
        return false;
      }
    }
    return create();
  }

  private boolean create() {
    try {
      CreateBucketRequest.Builder request = CreateBucketRequest.builder().bucket(name());
      if (!region.equals(Region.US_EAST_1)) {
        request.createBucketConfiguration(where -> where.locationConstraint(region.id()));
      }
      bucket.send(c -> c.createBucket(request.build()));
      diagnosis.ok("made bucket " + name() + " in " + region);
      return true;
    } catch (SdkException e) {
      if (S3Errors.code(e).equals("BucketAlreadyExists")) {
        diagnosis.fail(
            "bucket " + name() + " is somebody else's: names are one of a kind in the world",
            "set another bucket");
      } else {
        aws.failed("bucket " + name() + " cannot be made", e, needed("s3:CreateBucket"));
      }
      return false;
    }
  }

  /** Before anything is set: a bucket of another environment is left alone. */
  private boolean isOurs() {
    if (settings.environment().isEmpty()) {
      return true;
    }
    String wanted = settings.environment().get();
    try {
      String known = BucketEnvironment.claim(bucket, settings.encryption(), wanted);
      return BucketEnvironment.tell(name(), known, wanted, diagnosis);
    } catch (SdkException e) {
      aws.failed(
          "which environment the bucket belongs to cannot be written down",
          e,
          IamStatement.allow(
              aws.globalArn("s3", name() + "/" + BucketEnvironment.KEY),
              BucketEnvironment.READ,
              BucketEnvironment.WRITE));
      return false;
    }
  }

  private void encrypt() {
    ServerSideEncryptionByDefault wanted =
        ServerSideEncryptionByDefault.builder()
            .sseAlgorithm(settings.encryption().algorithm())
            .kmsMasterKeyID(settings.encryption().kmsKey())
            .build();
    ServerSideEncryptionRule rule =
        ServerSideEncryptionRule.builder()
            .applyServerSideEncryptionByDefault(wanted)
            .bucketKeyEnabled(settings.encryption().bucketKey())
            .build();
    Step step =
        new Step(
            "default encryption", "s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration");
    step.run(
        () -> {
          bucket.send(c -> c.getBucketEncryption(request -> request.bucket(name())));
          return true;
        },
        () ->
            bucket.send(
                c ->
                    c.putBucketEncryption(
                        request ->
                            request
                                .bucket(name())
                                .serverSideEncryptionConfiguration(all -> all.rules(rule)))));
  }

  private void closeToThePublic() {
    Step step =
        new Step(
            "block of public access",
            "s3:GetBucketPublicAccessBlock",
            "s3:PutBucketPublicAccessBlock");
    step.run(
        () ->
            PublicAccess.isClosed(
                bucket
                    .send(c -> c.getPublicAccessBlock(request -> request.bucket(name())))
                    .publicAccessBlockConfiguration()),
        () ->
            bucket.send(
                c ->
                    c.putPublicAccessBlock(
                        request ->
                            request
                                .bucket(name())
                                .publicAccessBlockConfiguration(PublicAccess.closed()))));
  }

  private void endUnfinishedUploads() {
    LifecycleRule rule =
        LifecycleRule.builder()
            .id("end-unfinished-uploads")
            .status(ExpirationStatus.ENABLED)
            .filter(all -> all.prefix(""))
            .abortIncompleteMultipartUpload(
                after -> after.daysAfterInitiation(DAYS_TO_FINISH_AN_UPLOAD))
            .build();
    Step step =
        new Step(
            "end of unfinished uploads",
            "s3:GetLifecycleConfiguration",
            "s3:PutLifecycleConfiguration");
    step.run(
        () -> {
          // Rules of somebody would be replaced by ours: with any, nothing is set.
          bucket.send(c -> c.getBucketLifecycleConfiguration(request -> request.bucket(name())));
          return true;
        },
        () ->
            bucket.send(
                c ->
                    c.putBucketLifecycleConfiguration(
                        request ->
                            request
                                .bucket(name())
                                .lifecycleConfiguration(all -> all.rules(rule)))));
  }

  private IamStatement needed(String... actions) {
    return IamStatement.allow(aws.globalArn("s3", name()), actions);
  }

  private String name() {
    return settings.bucket();
  }

  /** Asks whether a property is set. */
  @FunctionalInterface
  private interface Question {
    boolean isSet();
  }

  /** One property of the bucket. */
  private final class Step {
    private final String what;
    private final String[] actions;

    Step(String what, String... actions) {
      this.what = what;
      this.actions = actions;
    }

    void run(Question question, Runnable set) {
      try {
        if (isSet(question)) {
          diagnosis.ok(what + " was set");
          return;
        }
        set.run();
        diagnosis.ok("set " + what);
      } catch (SdkException e) {
        if (BucketCheck.isUnknown(e)) {
          diagnosis.warn(what + " is nothing that this server knows", "see to it yourself");
        } else {
          aws.failed(what + " cannot be set", e, needed(actions));
        }
      }
    }

    /** That there is nothing is told by an error. */
    private boolean isSet(Question question) {
      try {
        return question.isSet();
      } catch (SdkException e) {
        if (S3Errors.isNotFound(e)) {
          return false;
        }
        throw e;
      }
    }
  }
}
