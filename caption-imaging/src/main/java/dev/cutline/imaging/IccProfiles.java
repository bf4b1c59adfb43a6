package dev.cutline.imaging;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Tells colour profiles (ICC.1) from bytes that only claim to be one. */
final class IccProfiles {
  private static final int HEADER = 128;
  private static final int SIGNATURE_AT = 36;

  /** Header and number of entries; the entries follow. */
  private static final int DIRECTORY = HEADER + 4;

  private static final long ENTRY = 12;

  private IccProfiles() {}

  /** Returns the profile without what may follow its end, or null if it is none that is whole. */
  static byte @Nullable [] whole(byte[] bytes) {
    int length = length(bytes, new Range(0, bytes.length));
    if (length < 0) {
      return null;
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /**
   * Returns how many bytes of the range are a profile, by its header, signature, length and the
   * length of its directory; -1 if it is none that is whole.
   */
  static int length(byte[] file, Range range) {
    int from = range.from();
    if (range.length() < DIRECTORY || !Bytes.has(file, from + SIGNATURE_AT, "acsp")) {
      return -1;
    }
    long length = Bytes.u32be(file, from);
    long directory = DIRECTORY + ENTRY * Bytes.u32be(file, from + HEADER);
    return length > range.length() || length < directory ? -1 : (int) length;
  }
}
