package dev.cutline.e2e;

import dev.cutline.s3test.S3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * On DynamoDB and S3 with old versions: 25 processes with four uploads or deletions under way each,
 * which makes a hundred random moments.
 */
class RandomKillsOnAwsIT extends RandomKills {
  private static S3Server server;

  @BeforeAll
  static void start() {
    server = S3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  Premises premises() {
    return AwsPremises.versioned(server);
  }

  @Override
  int kills() {
    return 25;
  }

  @Override
  int threads() {
    return 4;
  }

  /** The first upload of a process takes a second or so, the later ones far less. */
  @Override
  int latestKill() {
    return 3_000;
  }
}
