package dev.cutline.storage.s3;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * How S3 is asked to encrypt what it stores. Asking with each object makes it so whatever the
 * default of the bucket is. Immutable.
 *
 * @param algorithm null to ask for nothing
 * @param kmsKey a key's id, alias or ARN; null for the one that AWS keeps for S3
 */
record Encryption(@Nullable ServerSideEncryption algorithm, @Nullable String kmsKey) {
  static final Encryption NONE = new Encryption(null, null);
  static final Encryption SSE_S3 = new Encryption(ServerSideEncryption.AES256, null);

  private static final String HEADER = "x-amz-server-side-encryption";

  static Encryption kms(@Nullable String key) {
    return new Encryption(ServerSideEncryption.AWS_KMS, key);
  }

  void ask(PutObjectRequest.Builder request) {
    if (algorithm != null) {
      request.serverSideEncryption(algorithm).ssekmsKeyId(kmsKey).bucketKeyEnabled(bucketKey());
    }
  }

  void ask(CreateMultipartUploadRequest.Builder request) {
    if (algorithm != null) {
      request.serverSideEncryption(algorithm).ssekmsKeyId(kmsKey).bucketKeyEnabled(bucketKey());
    }
  }

  /** Returns what asks for it in a request that somebody else sends, or in a form. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (algorithm != null) {
      headers.put(HEADER, algorithm.toString());
    }
    if (kmsKey != null) {
      headers.put(HEADER + "-aws-kms-key-id", kmsKey);
    }
    if (bucketKey() != null) {
      headers.put(HEADER + "-bucket-key-enabled", "true");
    }
    return headers;
  }

  /** One data key for many objects: without it, each object is a call of KMS, which is paid for. */
  @Nullable Boolean bucketKey() {
    return algorithm == ServerSideEncryption.AWS_KMS ? Boolean.TRUE : null;
  }
}
