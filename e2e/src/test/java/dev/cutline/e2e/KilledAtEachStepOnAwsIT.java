package dev.cutline.e2e;

import dev.cutline.s3test.S3Server;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On DynamoDB and S3, be it a bucket that keeps old versions or not. */
class KilledAtEachStepOnAwsIT extends KilledAtEachStep {
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
  List<Premises> premises() {
    return List.of(AwsPremises.plain(server), AwsPremises.versioned(server));
  }
}
