package dev.cutline.cli.batch;

import java.nio.file.Path;

/**
 * A process that holds a content until it is killed. Prints a line once it does.
 *
 * <p>Arguments: home, owner, SHA-256.
 */
final class ClaimHolder {
  private ClaimHolder() {}

  public static void main(String[] arguments) throws Exception {
    try (Claims claims = Claims.ofHome(Path.of(arguments[0]), new Interruption())) {
      claims.alone(
          arguments[1],
          arguments[2],
          () -> {
            System.out.println("held");
            waitForever();
            return Outcome.leftOut();
          });
    }
  }

  private static void waitForever() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
