package dev.cutline.imaging;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads single tags out of EXIF data, which is a TIFF structure. Looks at the first directory and,
 * for {@link #capturedText}, at the one directory that this names; never follows a chain, so that
 * no cycle can hold it. What is damaged reads as absent: a picture is not refused for its metadata.
 */
final class Exif {
  static final int MAKE = 0x010F;
  static final int MODEL = 0x0110;
  static final int DATE_TIME_ORIGINAL = 0x9003;
  static final int DATE_TIME_DIGITIZED = 0x9004;

  private static final int ORIENTATION = 0x0112;
  private static final int EXIF_DIRECTORY = 0x8769;
  private static final int ASCII = 2;
  private static final int LONG = 4;
  private static final int ENTRY = 12;
  private static final int LONGEST_TEXT = 200;

  private final byte[] file;
  private final int from;
  private final int to;
  private final boolean bigEndian;
  private final long firstDirectory;

  /**
   * @param range where the TIFF structure lies, from its byte order mark
   */
  Exif(byte[] file, Range range) {
    this.file = file;
    this.from = range.from();
    this.to = range.to();
    this.bigEndian = Bytes.has(file, from, "MM\0*");
    boolean sound = range.length() >= 8 && (bigEndian || Bytes.has(file, from, "II*\0"));
    this.firstDirectory = sound ? u32(from + 4) : 0;
  }

  /** Returns EXIF data that says nothing but the orientation: 26 bytes of TIFF. */
  static byte[] ofOrientation(Orientation orientation) {
    return new byte[] {
      'M',
      'M',
      0,
      '*',
      0,
      0,
      0,
      8, // big-endian; the directory follows
      0,
      1, // one entry
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation.exifValue(),
      0,
      0, // orientation, one short
      0,
      0,
      0,
      0 // no further directory
    };
  }

  Orientation orientation() {
    int entry = find(firstDirectory, ORIENTATION);
    return Orientation.of(entry < 0 ? 1 : (int) integer(entry));
  }

  /** Returns the text of a tag of the first directory: maker, model. */
  Optional<String> text(int tag) {
    return text(firstDirectory, tag);
  }

  /** Returns the text of a tag of the EXIF directory: the times of capture. */
  Optional<String> capturedText(int tag) {
    int entry = find(firstDirectory, EXIF_DIRECTORY);
    return entry < 0 ? Optional.empty() : text(integer(entry), tag);
  }

  private Optional<String> text(long directory, int tag) {
    int entry = find(directory, tag);
    if (entry < 0 || u16(entry + 2) != ASCII) {
      return Optional.empty();
    }
    long length = u32(entry + 4);
    long at = length <= 4 ? entry + 8L : from + u32(entry + 8);
    if (at + length > to) {
      return Optional.empty();
    }
    int shown = (int) Math.min(length, LONGEST_TEXT);
    String text = new String(file, (int) at, shown, StandardCharsets.UTF_8);
    int nul = text.indexOf('\0');
    String clean =
        (nul < 0 ? text : text.substring(0, nul)).replaceAll("\\p{C}|\uFFFD", " ").strip();
    return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
  }

  /** Returns where the entry of a tag stands, or -1. */
  private int find(long directory, int tag) {
    long at = from + directory;
    if (directory < 8 || at + 2 > to) {
      return -1;
    }
    int count = u16((int) at);
    for (long entry = at + 2; count > 0 && entry + ENTRY <= to; entry += ENTRY, count--) {
      if (u16((int) entry) == tag) {
        return (int) entry;
      }
    }
    return -1;
  }

  /** Returns the number of an entry that holds one short or long. */
  private long integer(int entry) {
    return u16(entry + 2) == LONG ? u32(entry + 8) : u16(entry + 8);
  }

  private int u16(int at) {
    return bigEndian ? Bytes.u16be(file, at) : Bytes.u16le(file, at);
  }

  private long u32(int at) {
    return bigEndian ? Bytes.u32be(file, at) : Bytes.u32le(file, at);
  }
}
