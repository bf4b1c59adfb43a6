package dev.cutline.storage.s3;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.spi.StoreArguments;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps pictures in one bucket of Amazon S3, or of a server that speaks like it, under their keys.
 * Any number of instances and processes may share the bucket.
 *
 * <p>A picture of up to 8 MiB is one request with its SHA-256, which S3 compares with what arrives;
 * a larger one is uploaded in parts, each with its own. When an answer is lost, the store looks
 * whether the object there is the one that it has sent, so that what is stored is not reported as a
 * failure. Reading goes on where a connection breaks. Deleting takes every version and delete
 * marker, and the parts that a killed process has left under the prefix. Thread-safe.
 */
public final class S3ImageStore implements ImageStore {
  /** The size in bytes up to which a picture is one request. */
  static final int PART_SIZE = 8 << 20;

  /** The most bytes of one request to upload (docs.aws.amazon.com, 2026). */
  private static final long MOST_AT_ONCE = 5L << 30;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private static final Logger LOG = LoggerFactory.getLogger(S3ImageStore.class);

  /** Marks an object with the call that has stored it. */
  private static final String PUT_ID = "cutline-put";

  private static final String ANY = "*";
  private static final int TRIES = 3;

  private final Bucket bucket;
  private final Encryption encryption;
  private final Unencrypted unencrypted;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final MultipartUpload multipart;
  private final Sweep sweep;
  private final Presigner presigner;
  private final @Nullable AutoCloseable owned;

  private S3ImageStore(Builder builder) {
    this.bucket = new Bucket(builder.client, builder.bucket);
    this.encryption = builder.encryption;
    this.unencrypted = builder.unencrypted;
    this.multipart = new MultipartUpload(bucket, encryption, PART_SIZE);
    this.sweep = new Sweep(bucket, builder.pageSize, builder.pause);
    this.presigner =
        new Presigner(builder.client, builder.bucket, builder.pathStyle, builder.clock);
    this.owned = builder.owned;
  }

  /**
   * Starts a store.
   *
   * @param client for the region of the bucket; it stays the caller's, who closes it
   * @param bucket its name; it has to be there
   */
  public static Builder builder(S3Client client, String bucket) {
    return new Builder(client, bucket);
  }

  @Override
  public void put(String key, ImageData image) {
    store(StoreArguments.key(key), image, null);
  }

  /**
   * Stores a picture unless there is an object under its key, whoever else tries at the same time.
   *
   * @return whether it was stored
   * @throws StoreException if it could not be stored
   * @throws IllegalArgumentException if the key is not of the form that {@link ImageStore} names
   */
  public boolean create(String key, ImageData image) {
    return store(StoreArguments.key(key), image, ANY);
  }

  @Override
  public Optional<StoredObject> get(String key) {
    StoreArguments.key(key);
    try {
      ResponseInputStream<GetObjectResponse> first =
          bucket.send(client -> client.getObject(r -> r.bucket(bucket.name()).key(key)));
      GetObjectResponse object = first.response();
      long size = size(key, first);
      return Optional.of(
          StoredObject.of(
              new ResumingStream(first, size, position -> rest(key, object.eTag(), position)),
              size,
              Objects.requireNonNullElse(object.contentType(), "application/octet-stream")));
    } catch (SdkException e) {
      if (S3Errors.isNotFound(e)) {
        return Optional.empty();
      }
      throw bucket.failure("read " + key, "s3:GetObject and s3:ListBucket", e);
    }
  }

  /** Without it, nobody could tell an object from what a connection that broke has left of it. */
  private long size(String key, ResponseInputStream<GetObjectResponse> object) {
    Long size = object.response().contentLength();
    if (size == null) {
      object.abort();
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "cannot read "
              + key
              + " in bucket "
              + bucket.name()
              + ": the answer has no Content-Length; see what stands between here and the bucket");
    }
    return size;
  }

  @Override
  public boolean delete(String key) {
    return sweep.delete(StoreArguments.key(key));
  }

  @Override
  public int deleteByPrefix(String prefix) {
    return sweep.deleteAll(StoreArguments.deletePrefix(prefix));
  }

  @Override
  public ObjectPage list(String prefix, @Nullable String cursor, int limit) {
    StoreArguments.listPrefix(prefix);
    StoreArguments.limit(limit);
    List<ObjectPage.Item> items = new ArrayList<>();
    String after = cursor;
    while (true) {
      ListObjectsV2Response page = page(prefix, after, limit - items.size());
      for (S3Object object : page.contents()) {
        items.add(new ObjectPage.Item(object.key(), object.size()));
        after = object.key();
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return ObjectPage.of(items, null);
      }
      if (items.size() >= limit) {
        return ObjectPage.of(items, after);
      }
    }
  }

  /**
   * Returns an address that S3 itself answers, without asking it. It is valid for as long as is
   * asked for, in whole seconds, rounded up; but no longer than the credentials that sign it: those
   * of a role, a container or an instance end within hours. Where their end is known, the address
   * says how long it really is valid: {@code X-Amz-Expires} seconds from {@code X-Amz-Date}.
   */
  @Override
  public Optional<URI> presign(String key, Duration validity) {
    StoreArguments.key(key);
    Duration seconds = wholeSeconds(validity);
    return Optional.of(
        bucket.call(
            "sign an address of " + key, "s3:GetObject", client -> presigner.get(key, seconds)));
  }

  /**
   * Returns a form with which a browser uploads one object straight to S3, without asking S3. What
   * it uploads is of this key and media type, and neither empty nor larger than it may be; whether
   * it is a picture, nobody has looked at. It replaces what is there under the key.
   *
   * @param key below a prefix of its own, such as {@code incoming/}: what lies there is read and
   *     checked like any upload before it is anything
   * @param maxBytes the most bytes, 1 to 5 GiB
   * @param validity as for {@link #presign}
   * @throws StoreException if there are no credentials to sign with
   * @throws IllegalArgumentException if an argument is out of range
   */
  public UploadForm presignPost(String key, ImageFormat format, long maxBytes, Duration validity) {
    StoreArguments.key(key);
    checkSize(maxBytes, "maxBytes");
    Duration seconds = wholeSeconds(validity);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Content-Type", format.mediaType());
    fields.putAll(encryption.headers());
    return bucket.call(
        "sign a form for " + key,
        "s3:PutObject",
        client -> presigner.post(key, fields, maxBytes, seconds));
  }

  /**
   * Returns a request with which a program uploads one object straight to S3, without asking S3:
   * these bytes, and no others. It replaces what is there under the key.
   *
   * @param key as for {@link #presignPost}
   * @param size of the bytes, 1 to 5 GiB
   * @param sha256 of the bytes: 64 characters of {@code [0-9a-f]}
   * @param validity as for {@link #presign}
   * @throws StoreException if there are no credentials to sign with
   * @throws IllegalArgumentException if an argument is out of range
   */
  public UploadRequest presignPut(
      String key, ImageFormat format, long size, String sha256, Duration validity) {
    StoreArguments.key(key);
    checkSize(size, "size");
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256 is 64 characters of [0-9a-f]");
    }
    Duration seconds = wholeSeconds(validity);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", format.mediaType());
    headers.put("x-amz-checksum-sha256", base64(sha256));
    headers.putAll(encryption.headers());
    return bucket.call(
        "sign an upload of " + key,
        "s3:PutObject",
        client -> presigner.put(key, size, headers, seconds));
  }

  private static void checkSize(long bytes, String what) {
    if (bytes < 1 || bytes > MOST_AT_ONCE) {
      throw new IllegalArgumentException(what + " is 1 to " + MOST_AT_ONCE + ", not " + bytes);
    }
  }

  private static Duration wholeSeconds(Duration validity) {
    return Duration.ofSeconds(StoreArguments.validity(validity).plusNanos(999_999_999).toSeconds());
  }

  @Override
  public void close() {
    if (!bucket.close()) {
      return;
    }
    if (owned != null) {
      try {
        owned.close();
      } catch (Exception e) {
        throw new StoreException(
            StoreException.Kind.UNAVAILABLE, "the client of S3 cannot be closed: " + e, e);
      }
    }
  }

  private boolean store(String key, ImageData image, @Nullable String condition) {
    String id = UUID.randomUUID().toString();
    for (int tries = 1; ; tries++) {
      try {
        String answer =
            image.size() > PART_SIZE
                ? multipart.put(key, image, Map.of(PUT_ID, id), condition)
                : putAtOnce(key, image, Map.of(PUT_ID, id), condition);
        checkEncrypted(key, answer);
        return true;
      } catch (SdkException e) {
        if (S3Errors.isUndecided(e) && tries < TRIES) {
          continue;
        }
        if (condition != null && S3Errors.isPreconditionFailed(e)) {
          // It may be there because of us: a first try arrived, its answer did not, and the SDK
          // has sent it again.
          return isThere(key, id, e);
        }
        if (S3Errors.mayHaveHappened(e) && isThere(key, id, e)) {
          LOG.debug("{} was stored all the same", key, e);
          return true;
        }
        throw failedToWrite(key, e);
      }
    }
  }

  private @Nullable String putAtOnce(
      String key, ImageData image, Map<String, String> metadata, @Nullable String condition) {
    RequestBody body =
        RequestBody.fromContentProvider(
            image::openStream, image.size(), image.format().mediaType());
    String checksum = base64(image.sha256());
    return bucket.send(
        client ->
            client
                .putObject(
                    request -> {
                      request
                          .bucket(bucket.name())
                          .key(key)
                          .contentType(image.format().mediaType())
                          .metadata(metadata)
                          .checksumSHA256(checksum)
                          .ifNoneMatch(condition);
                      encryption.ask(request);
                    },
                    body)
                .serverSideEncryptionAsString());
  }

  /** Tells whether the object under a key is the one that a call of ours has sent. */
  private boolean isThere(String key, String id, SdkException failure) {
    HeadObjectResponse object;
    try {
      object = bucket.send(client -> client.headObject(r -> r.bucket(bucket.name()).key(key)));
    } catch (SdkException e) {
      if (S3Errors.isNotFound(e)) {
        return false;
      }
      failure.addSuppressed(e);
      throw failedToWrite(key, failure);
    }
    boolean ours = object.metadata().getOrDefault(PUT_ID, "").equals(id);
    if (ours) {
      checkEncrypted(key, object.serverSideEncryptionAsString());
    }
    return ours;
  }

  private StoreException failedToWrite(String key, SdkException e) {
    return bucket.failure("write " + key, "s3:PutObject", e);
  }

  private void checkEncrypted(String key, @Nullable String answer) {
    if (answer != null || encryption.algorithm() == null || unencrypted == Unencrypted.ALLOW) {
      return;
    }
    if (unencrypted == Unencrypted.REFUSE) {
      sweep.delete(key);
      throw new StoreException(
          StoreException.Kind.DENIED, "cannot write " + key + ": " + notEncrypted(bucket.name()));
    }
    if (!warned.getAndSet(true)) {
      LOG.warn("{}", notEncrypted(bucket.name()));
    }
  }

  static String notEncrypted(String bucket) {
    return "bucket " + bucket + " does not say that it encrypts what it stores";
  }

  private ResponseInputStream<GetObjectResponse> rest(String key, String tag, long position) {
    return bucket.send(
        client ->
            client.getObject(
                request ->
                    request
                        .bucket(bucket.name())
                        .key(key)
                        .ifMatch(tag)
                        .range("bytes=" + position + "-")));
  }

  private ListObjectsV2Response page(String prefix, @Nullable String after, int limit) {
    return bucket.call(
        "list " + (prefix.isEmpty() ? "all" : prefix),
        "s3:ListBucket",
        client ->
            client.listObjectsV2(
                request ->
                    request.bucket(bucket.name()).prefix(prefix).startAfter(after).maxKeys(limit)));
  }

  private static String base64(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /** Builds an {@link S3ImageStore}. Not safe for several threads. */
  public static final class Builder {
    private final S3Client client;
    private final String bucket;
    private Encryption encryption = Encryption.SSE_S3;
    private Unencrypted unencrypted = Unencrypted.WARN;
    private boolean pathStyle;
    private int pageSize = Sweep.PAGE;
    private Sweep.Pause pause = Sweep.Pause.REAL;
    private InstantSource clock = InstantSource.system();
    private @Nullable AutoCloseable owned;

    private Builder(S3Client client, String bucket) {
      this.client = Objects.requireNonNull(client, "client");
      this.bucket = Objects.requireNonNull(bucket, "bucket");
    }

    /**
     * Sets that objects are encrypted with a key of KMS, through a bucket key; the default is the
     * encryption that S3 does by itself.
     *
     * @param key its id, alias or ARN
     */
    public Builder kmsKey(String key) {
      return encryption(Encryption.kms(Objects.requireNonNull(key, "key")));
    }

    /**
     * Sets that S3 is not asked to encrypt, for servers that know nothing of it. What they store is
     * then as it is.
     */
    public Builder withoutEncryption() {
      return encryption(Encryption.NONE);
    }

    /**
     * Sets what to do if the server does not say that it has encrypted an object; the default is to
     * warn.
     */
    public Builder unencrypted(Unencrypted unencrypted) {
      this.unencrypted = Objects.requireNonNull(unencrypted, "unencrypted");
      return this;
    }

    /**
     * Sets whether the bucket stands in the path of presigned addresses, as the client was told for
     * its requests; the default is the host name.
     */
    public Builder pathStyle(boolean pathStyle) {
      this.pathStyle = pathStyle;
      return this;
    }

    Builder encryption(Encryption encryption) {
      this.encryption = encryption;
      return this;
    }

    /**
     * Sets how many versions are listed, and deleted, at once; the default is the most there can
     * be.
     */
    Builder pageSize(int pageSize) {
      this.pageSize = pageSize;
      return this;
    }

    /** Sets what waits before objects that could not be deleted are asked for again. */
    Builder pause(Sweep.Pause pause) {
      this.pause = pause;
      return this;
    }

    /** Sets what tells when something is signed. */
    Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /** Sets what is closed with the store. */
    Builder owning(AutoCloseable owned) {
      this.owned = owned;
      return this;
    }

    /** Makes the store; S3 is not asked anything. */
    public S3ImageStore build() {
      return new S3ImageStore(this);
    }
  }
}
