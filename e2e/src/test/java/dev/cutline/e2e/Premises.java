package dev.cutline.e2e;

import dev.cutline.ImageRecord;
import java.util.Collection;
import java.util.Map;

/** Where a {@link TestHouse} keeps its pictures and records, whichever process opens it. */
interface Premises {
  /** Returns the settings by which any process finds the stores. */
  Map<String, String> settings();

  /**
   * Checks that there is nothing but what belongs to these records, looking where the stores
   * themselves show nothing.
   */
  void assertNothingBut(Collection<ImageRecord> stored);
}
