package dev.cutline.imaging;

import org.jspecify.annotations.Nullable;

/** A colour profile as a JPEG holds it: in numbered pieces, because a segment ends at 64 KiB. */
final class IccPieces {
  private final @Nullable Range[] pieces = new @Nullable Range[256];
  private int total = -1;
  private int length;
  private boolean contradictory;

  /** Adds piece {@code number} of {@code total}, counted from 1. */
  void add(int number, int total, Range data) {
    boolean fits = (this.total < 0 || this.total == total) && number >= 1 && number <= total;
    if (!fits || pieces[number] != null) {
      contradictory = true;
      return;
    }
    this.total = total;
    pieces[number] = data;
    length += data.length();
  }

  /** Returns the bytes of all pieces so far. */
  int length() {
    return length;
  }

  /** Returns the profile, or null if there is none, a piece is missing, or it is no profile. */
  byte @Nullable [] join(byte[] file) {
    if (total < 0 || contradictory) {
      return null;
    }
    byte[] profile = new byte[length];
    int at = 0;
    for (int number = 1; number <= total; number++) {
      Range piece = pieces[number];
      if (piece == null) {
        return null;
      }
      System.arraycopy(file, piece.from(), profile, at, piece.length());
      at += piece.length();
    }
    return IccProfiles.whole(profile);
  }
}
