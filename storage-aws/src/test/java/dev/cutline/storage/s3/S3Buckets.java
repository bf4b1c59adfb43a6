package dev.cutline.storage.s3;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.StoredObject;
import dev.cutline.s3test.FaultyHttp;
import dev.cutline.s3test.S3Server;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.s3.S3Client;

/** A server, and for each test a bucket that keeps versions, with a way there that can break. */
abstract class S3Buckets {
  static final String KEY = "images/alice/1/original.jpg";
  static final int LARGE = 9 << 20;

  private static final AtomicInteger NAMES = new AtomicInteger();
  static S3Server server;

  final FaultyHttp http = new FaultyHttp();
  String bucket;
  S3Client client;
  S3ImageStore store;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    bucket = server.createVersionedBucket("test-" + NAMES.incrementAndGet());
    client =
        server
            .clientBuilder()
            .httpClient(http)
            .overrideConfiguration(
                override ->
                    override.retryStrategy(AwsRetryStrategy.forRetryMode(RetryMode.STANDARD)))
            .build();
    store = builder().build();
  }

  @AfterEach
  void close() {
    store.close();
    client.close();
    http.close();
  }

  /** Starts a store that does not wait. */
  S3ImageStore.Builder builder() {
    return S3ImageStore.builder(client, bucket).pathStyle(true).pause(duration -> {});
  }

  static ImageData image(int size, int seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return ImageData.wrap(bytes, ImageFormat.JPEG, 1, 1);
  }

  static Optional<byte[]> bytes(ImageStore store, String key) {
    return store
        .get(key)
        .map(
            object -> {
              try (StoredObject open = object) {
                return open.readAll();
              }
            });
  }

  /** Returns how many versions, delete markers and uploads there are in the bucket. */
  int remains() {
    var versions = server.client().listObjectVersions(request -> request.bucket(bucket));
    return versions.versions().size()
        + versions.deleteMarkers().size()
        + server.client().listMultipartUploads(request -> request.bucket(bucket)).uploads().size();
  }
}
