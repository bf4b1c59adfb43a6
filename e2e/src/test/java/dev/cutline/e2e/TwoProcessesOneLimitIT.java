package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.s3test.S3Server;
import dev.cutline.testsupport.corpus.Corpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rate limit of an owner is one, whatever the number of processes that the owner comes to. */
class TwoProcessesOneLimitIT {
  private static final int UPLOADS_EACH = 60;
  private static final int AN_HOUR = 60;

  private static S3Server server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void ofAHundredAndTwentyUploadsAtOnceSixtyPassAndOneMoreForEachMinute() throws Exception {
    Premises premises = AwsPremises.versioned(server);
    Path picture = folder.resolve("bilevel.png");
    Files.write(picture, Corpus.bytes("png/bilevel.png"));
    try (WorkerProcess one = worker(premises, picture);
        WorkerProcess two = worker(premises, picture)) {
      one.awaitReady();
      two.awaitReady();
      long start = System.nanoTime();
      one.begin();
      two.begin();
      one.awaitDone();
      two.awaitDone();
      long minutes = Duration.ofNanos(System.nanoTime() - start).toMinutes();

      Set<String> stored = new HashSet<>(one.mustBeThere());
      stored.addAll(two.mustBeThere());
      assertThat(stored).hasSizeBetween(AN_HOUR, AN_HOUR + (int) minutes);
      assertThat(stored.size() + one.refused() + two.refused()).isEqualTo(2 * UPLOADS_EACH);
      try (TestHouse house = TestHouse.open(premises)) {
        StoreAudit.check(premises, house, CrashWorker.OWNER, stored, Set.of());
        assertThat(StoreAudit.keys(house))
            .as("refused uploads leave nothing")
            .hasSize(3 * stored.size());
      }
    }
  }

  private WorkerProcess worker(Premises premises, Path picture) throws Exception {
    Map<String, String> settings = new HashMap<>(premises.settings());
    settings.put("cutline.rate-limit", "dynamodb");
    settings.put("cutline.rate-limit.requests", Integer.toString(AN_HOUR));
    settings.put("cutline.rate-limit.period", "PT1H");
    return WorkerProcess.start(
        BurstWorker.class,
        settings,
        folder.resolve("errors"),
        picture.toString(),
        Integer.toString(UPLOADS_EACH));
  }
}
