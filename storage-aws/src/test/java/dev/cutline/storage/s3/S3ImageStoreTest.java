package dev.cutline.storage.s3;

import dev.cutline.ImageStore;
import dev.cutline.s3test.S3Server;
import dev.cutline.tck.ImageStoreContract;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a bucket that keeps no versions. */
class S3ImageStoreTest extends ImageStoreContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static S3Server server;
  private static String bucket;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected ImageStore open() {
    bucket = server.createBucket("plain-" + BUCKETS.incrementAndGet());
    return store();
  }

  @Override
  protected ImageStore again(ImageStore store) {
    return store();
  }

  private static ImageStore store() {
    return S3ImageStore.builder(server.client(), bucket).pathStyle(true).build();
  }
}
