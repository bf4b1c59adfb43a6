package dev.cutline.e2e;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** On files and SQLite. */
class KilledAtEachStepIT extends KilledAtEachStep {
  @TempDir Path home;

  @Override
  List<Premises> premises() {
    return List.of(new FilePremises(home));
  }
}
