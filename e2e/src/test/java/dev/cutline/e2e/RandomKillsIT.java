package dev.cutline.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A hundred processes on files and SQLite. */
class RandomKillsIT extends RandomKills {
  @TempDir Path home;

  @Override
  Premises premises() {
    return new FilePremises(home);
  }

  @Override
  int kills() {
    return 100;
  }

  @Override
  int threads() {
    return 1;
  }

  @Override
  int latestKill() {
    return 500;
  }
}
