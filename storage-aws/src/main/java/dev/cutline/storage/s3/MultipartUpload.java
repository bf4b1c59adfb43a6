package dev.cutline.storage.s3;

import dev.cutline.ImageData;
import dev.cutline.StoreException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Stores a large picture in parts, so that what breaks on the way costs one part and not all.
 * Nothing is visible before the last call. Thread-safe.
 */
final class MultipartUpload {
  private static final Logger LOG = LoggerFactory.getLogger(MultipartUpload.class);

  private final Bucket bucket;
  private final Encryption encryption;
  private final int partSize;

  MultipartUpload(Bucket bucket, Encryption encryption, int partSize) {
    this.bucket = bucket;
    this.encryption = encryption;
    this.partSize = partSize;
  }

  /**
   * Stores a picture; on failure its parts are taken back, or found by {@link Sweep} later.
   *
   * @param condition an If-None-Match header, or null
   * @return the encryption that S3 tells of, or null
   */
  @Nullable String put(
      String key, ImageData image, Map<String, String> metadata, @Nullable String condition) {
    String upload =
        bucket.send(
            client ->
                client
                    .createMultipartUpload(
                        request -> {
                          request
                              .bucket(bucket.name())
                              .key(key)
                              .contentType(image.format().mediaType())
                              .metadata(metadata)
                              .checksumAlgorithm(ChecksumAlgorithm.SHA256);
                          encryption.ask(request);
                        })
                    .uploadId());
    try {
      List<CompletedPart> parts = putParts(key, upload, image);
      CompleteMultipartUploadResponse done =
          bucket.send(
              client ->
                  client.completeMultipartUpload(
                      request ->
                          request
                              .bucket(bucket.name())
                              .key(key)
                              .uploadId(upload)
                              .ifNoneMatch(condition)
                              .multipartUpload(all -> all.parts(parts))));
      return done.serverSideEncryptionAsString();
    } catch (RuntimeException e) {
      abort(key, upload, e);
      throw e;
    }
  }

  private List<CompletedPart> putParts(String key, String upload, ImageData image) {
    ByteBuffer bytes = image.asByteBuffer();
    List<CompletedPart> parts = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int number = parts.size() + 1;
      byte[] part = new byte[Math.min(partSize, bytes.remaining())];
      bytes.get(part);
      String checksum = sha256(part);
      RequestBody body =
          RequestBody.fromContentProvider(
              ContentStreamProvider.fromByteArrayUnsafe(part),
              part.length,
              image.format().mediaType());
      String tag =
          bucket.send(
              client ->
                  client
                      .uploadPart(
                          request ->
                              request
                                  .bucket(bucket.name())
                                  .key(key)
                                  .uploadId(upload)
                                  .partNumber(number)
                                  .checksumSHA256(checksum),
                          body)
                      .eTag());
      parts.add(
          CompletedPart.builder().partNumber(number).eTag(tag).checksumSHA256(checksum).build());
    }
    return parts;
  }

  private void abort(String key, String upload, RuntimeException failure) {
    // An interrupt is perhaps what has failed; it must not make this call fail too.
    boolean interrupted = Thread.interrupted();
    try {
      bucket.send(
          client ->
              client.abortMultipartUpload(
                  request -> request.bucket(bucket.name()).key(key).uploadId(upload)));
    } catch (SdkException e) {
      // Gone already if it was completed after all.
      if (!S3Errors.isNotFound(e)) {
        LOG.debug("parts of {} stay until its picture is deleted", key, e);
        failure.addSuppressed(e);
      }
    } catch (StoreException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
