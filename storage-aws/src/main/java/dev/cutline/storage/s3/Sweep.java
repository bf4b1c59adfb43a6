package dev.cutline.storage.s3;

import dev.cutline.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Deletes all that there is of objects: every version, every delete marker, the parts of uploads
 * that nobody has finished. In a bucket that keeps no versions, an object is one version named
 * {@code null}. Thread-safe.
 */
final class Sweep {
  private static final String DELETE = "s3:DeleteObject and s3:DeleteObjectVersion";

  /** What S3 says of a single object in an answer of 200, when it may go better next time. */
  private static final Set<String> PASSING =
      Set.of("InternalError", "SlowDown", "ServiceUnavailable", "OperationAborted");

  private static final Set<String> GONE = Set.of("NoSuchKey", "NoSuchVersion");
  private static final int TRIES = 4;

  /** As many as one request lists, and one deletes. */
  static final int PAGE = 1000;

  private final Bucket bucket;
  private final int pageSize;
  private final Pause pause;

  Sweep(Bucket bucket, int pageSize, Pause pause) {
    this.bucket = bucket;
    this.pageSize = pageSize;
    this.pause = pause;
  }

  /** Lets time pass before objects are asked for again. */
  @FunctionalInterface
  interface Pause {
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
  }

  /** Deletes one object; returns whether there was one. */
  boolean delete(String key) {
    return deleteVersions(key, key::equals) > 0;
  }

  /** Deletes what starts with a prefix; returns how many objects there were. */
  int deleteAll(String prefix) {
    // First, so that no upload is completed behind our back.
    abortUploads(prefix);
    return deleteVersions(prefix, key -> true);
  }

  private int deleteVersions(String prefix, Predicate<String> wanted) {
    int objects = 0;
    String seen = "";
    while (true) {
      // From the start each time: what was listed before is gone, a marker with it.
      ListObjectVersionsResponse page = versions(prefix);
      List<ObjectIdentifier> all = new ArrayList<>();
      String last = seen;
      for (ObjectVersion version : page.versions()) {
        if (wanted.test(version.key())) {
          all.add(identifier(version.key(), version.versionId()));
          // Older versions of the last key before come to light as latest now.
          boolean counts = Boolean.TRUE.equals(version.isLatest()) && !version.key().equals(seen);
          objects += counts ? 1 : 0;
          last = later(last, version.key());
        }
      }
      for (DeleteMarkerEntry marker : page.deleteMarkers()) {
        if (wanted.test(marker.key())) {
          all.add(identifier(marker.key(), marker.versionId()));
          last = later(last, marker.key());
        }
      }
      if (all.isEmpty()) {
        // One key sorts before all that it is the start of, so there is nothing of it behind them.
        return objects;
      }
      deleteBatch(prefix, all);
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return objects;
      }
      seen = last;
    }
  }

  private static String later(String key, String other) {
    return key.compareTo(other) < 0 ? other : key;
  }

  private ListObjectVersionsResponse versions(String prefix) {
    return bucket.call(
        "list the versions of " + prefix,
        "s3:ListBucketVersions",
        client ->
            client.listObjectVersions(
                request -> request.bucket(bucket.name()).prefix(prefix).maxKeys(pageSize)));
  }

  /** Deletes the versions of a page in one call, and again what could not be deleted. */
  private void deleteBatch(String prefix, List<ObjectIdentifier> all) {
    List<ObjectIdentifier> left = all;
    for (int tries = 1; ; tries++) {
      Delete request = Delete.builder().objects(left).quiet(true).build();
      List<S3Error> errors =
          bucket
              .call(
                  "delete " + prefix,
                  DELETE,
                  client -> client.deleteObjects(r -> r.bucket(bucket.name()).delete(request)))
              .errors()
              .stream()
              .filter(error -> !GONE.contains(error.code()))
              .toList();
      if (errors.isEmpty()) {
        return;
      }
      if (tries == TRIES || errors.stream().anyMatch(error -> !PASSING.contains(error.code()))) {
        throw refused(errors, all.size());
      }
      left = errors.stream().map(error -> identifier(error.key(), error.versionId())).toList();
      waitBefore(tries, errors, all.size());
    }
  }

  private void waitBefore(int tries, List<S3Error> errors, int all) {
    try {
      pause.of(Duration.ofMillis((100L << tries) + ThreadLocalRandom.current().nextLong(100)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(errors, all);
    }
  }

  private StoreException refused(List<S3Error> errors, int all) {
    S3Error first =
        errors.stream()
            .filter(error -> !PASSING.contains(error.code()))
            .findFirst()
            .orElse(errors.get(0));
    boolean passing = PASSING.contains(first.code());
    return new StoreException(
        passing ? StoreException.Kind.UNAVAILABLE : StoreException.Kind.DENIED,
        "cannot delete "
            + errors.size()
            + " of "
            + all
            + " versions in bucket "
            + bucket.name()
            + ", "
            + first.key()
            + " among them: "
            + first.code()
            + (passing ? "; delete again to go on" : "; allow " + DELETE + ", and no object lock"));
  }

  private void abortUploads(String prefix) {
    ListMultipartUploadsResponse page = null;
    do {
      page = uploads(prefix, page);
      page.uploads().forEach(this::abort);
    } while (Boolean.TRUE.equals(page.isTruncated()));
  }

  private ListMultipartUploadsResponse uploads(
      String prefix, @Nullable ListMultipartUploadsResponse before) {
    return bucket.call(
        "list the uploads of " + prefix,
        "s3:ListBucketMultipartUploads",
        client ->
            client.listMultipartUploads(
                request -> {
                  request.bucket(bucket.name()).prefix(prefix);
                  if (before != null) {
                    request
                        .keyMarker(before.nextKeyMarker())
                        .uploadIdMarker(before.nextUploadIdMarker());
                  }
                }));
  }

  private void abort(MultipartUpload upload) {
    try {
      bucket.send(
          client ->
              client.abortMultipartUpload(
                  request ->
                      request.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
    } catch (SdkException e) {
      if (!S3Errors.isNotFound(e)) {
        throw bucket.failure("abort the upload of " + upload.key(), "s3:AbortMultipartUpload", e);
      }
    }
  }

  private static ObjectIdentifier identifier(String key, @Nullable String version) {
    return ObjectIdentifier.builder().key(key).versionId(version).build();
  }
}
