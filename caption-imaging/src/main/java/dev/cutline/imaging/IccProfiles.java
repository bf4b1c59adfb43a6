package dev.cutline.imaging;

/** Tells colour profiles (ICC.1) from bytes that only claim to be one. */
final class IccProfiles {
  private static final int HEADER = 128;
  private static final int SIGNATURE_AT = 36;

  private IccProfiles() {}

  /** Tells whether header, signature and length are those of a profile. */
  static boolean isProfile(byte[] bytes) {
    return bytes.length >= HEADER
        && Bytes.has(bytes, SIGNATURE_AT, "acsp")
        && Bytes.u32be(bytes, 0) <= bytes.length;
  }
}
