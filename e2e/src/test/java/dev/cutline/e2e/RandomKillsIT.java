package dev.cutline.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * On files and SQLite: 40 processes with three uploads or deletions under way each, which makes 120
 * random moments.
 */
class RandomKillsIT extends RandomKills {
  @TempDir Path home;

  @Override
  Premises premises() {
    return new FilePremises(home);
  }

  @Override
  int kills() {
    return 40;
  }

  @Override
  int threads() {
    return 3;
  }

  /** The first upload of a process takes a second or so, the later ones far less. */
  @Override
  int latestKill() {
    return 2_000;
  }
}
