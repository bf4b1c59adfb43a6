package dev.cutline.imaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** Copies of a PNG the chunks that it takes to show it. */
final class PngCleaner {
  /** The name of a profile, which tells viewers nothing, could tell who made it. */
  private static final String PROFILE_HEADER = "ICC profile\0\0";

  private final byte[] file;
  private final PngStructure png;
  private final PngAnimation animation;
  private final ByteSink clean;
  private final Set<String> factsSeen = new HashSet<>();
  private boolean dataSeen;

  private PngCleaner(byte[] file) {
    this.file = file;
    this.png = PngStructure.read(file, ImageLimits.NONE);
    this.animation = new PngAnimation(file, ImageLimits.NONE);
    this.clean = new ByteSink(file.length + 64);
    clean.put(PngChunks.SIGNATURE);
  }

  /** Returns the picture without metadata. */
  static byte[] clean(byte[] file, Orientation orientation) {
    PngCleaner cleaner = new PngCleaner(file);
    PngChunks chunks = PngChunks.trusting(file);
    while (chunks.next()) {
      cleaner.take(chunks);
      if (chunks.type().equals("IHDR") && orientation != Orientation.NORMAL) {
        cleaner.putChunk("eXIf", Exif.ofOrientation(orientation));
      }
    }
    return cleaner.clean.toByteArray();
  }

  /** Anything that is not named here goes, chunks that nobody has thought of yet included. */
  private void take(PngChunks chunk) {
    switch (chunk.type()) {
      case "IHDR", "IEND" -> copy(chunk);
      case "IDAT" -> {
        dataSeen = true;
        copy(chunk);
      }
      case "PLTE" -> putHeeded(chunk, png.palette());
      case "tRNS" -> putHeeded(chunk, png.transparency());
      case "iCCP" -> putProfile(chunk);
      case "acTL", "fcTL", "fdAT" -> {
        if (animation.take(chunk, dataSeen)) {
          copy(chunk);
        }
      }
      default -> {
        if (isFact(chunk) && !dataSeen && factsSeen.add(chunk.type())) {
          copy(chunk);
        }
      }
    }
  }

  /**
   * Tells whether a chunk is a fact about colour or the shape of pixels, by its name and length:
   * what is longer or shorter holds something else. The first of each counts, and only before the
   * picture data, so that further ones are room for anything.
   */
  private boolean isFact(PngChunks chunk) {
    int channels = png.isGray() || png.palette() != null ? 1 : 3;
    int length =
        switch (chunk.type()) {
          case "sRGB" -> 1;
          case "gAMA", "cICP" -> 4;
          case "cLLI" -> 8;
          case "pHYs" -> 9;
          case "mDCV" -> 24;
          case "cHRM" -> 32;
          case "bKGD" -> png.palette() != null ? 1 : 2 * channels;
          case "sBIT" -> png.palette() != null ? 3 : channels + (png.hasOwnAlpha() ? 1 : 0);
          default -> -1;
        };
    return chunk.dataLength() == length;
  }

  private void copy(PngChunks chunk) {
    clean.put(file, chunk.start(), chunk.end());
  }

  /** Writes of a chunk what is heeded: the one that counts, as far as it counts. */
  private void putHeeded(PngChunks chunk, @Nullable Range heeded) {
    if (heeded == null || heeded.from() != chunk.dataStart()) {
      return;
    }
    if (heeded.to() == chunk.dataEnd()) {
      copy(chunk);
    } else {
      putChunk(chunk.type(), Arrays.copyOfRange(file, heeded.from(), heeded.to()));
    }
  }

  /** Packs it anew: behind the packed profile, and behind its own end, is room for anything. */
  private void putProfile(PngChunks chunk) {
    byte[] profile = png.profile();
    if (profile == null || chunk.dataStart() != png.profileAt()) {
      return;
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream(profile.length);
    data.writeBytes(PROFILE_HEADER.getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream packed = new DeflaterOutputStream(data)) {
      packed.write(profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes every byte
    }
    putChunk("iCCP", data.toByteArray());
  }

  private void putChunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(StandardCharsets.ISO_8859_1));
    crc.update(data);
    clean.putU32be(data.length).put(type).put(data).putU32be(crc.getValue());
  }
}
