package dev.cutline.imaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG files chunk by chunk. */
final class SyntheticPng {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private SyntheticPng() {
    out.writeBytes(PngChunks.SIGNATURE.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Starts with a header. */
  static SyntheticPng of(int width, int height, int bitDepth, int colourType, int interlace) {
    byte[] header = new byte[13];
    putInt(header, 0, width);
    putInt(header, 4, height);
    header[8] = (byte) bitDepth;
    header[9] = (byte) colourType;
    header[12] = (byte) interlace;
    return new SyntheticPng().chunk("IHDR", header);
  }

  /** Returns a whole picture of one byte repeated. */
  static byte[] even(int width, int height, int bitDepth, int colourType, boolean interlaced) {
    int samples = colourType == 2 ? 3 : colourType == 4 ? 2 : colourType == 6 ? 4 : 1;
    long rowBytes = 1 + ((long) width * bitDepth * samples + 7) / 8;
    SyntheticPng png = of(width, height, bitDepth, colourType, interlaced ? 1 : 0);
    // Interlaced rows come in pieces, each with a filter byte of its own: two more rows cover them.
    return png.data(rowBytes * (height + 2L) + 16L * height).end();
  }

  SyntheticPng chunk(String type, byte[] data) {
    return chunk(type, data, 0);
  }

  /** Adds a chunk whose checksum is off by {@code error}. */
  SyntheticPng chunk(String type, byte[] data, int error) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    byte[] number = new byte[4];
    putInt(number, 0, data.length);
    out.writeBytes(number);
    out.writeBytes(name);
    out.writeBytes(data);
    putInt(number, 0, (int) crc.getValue() + error);
    out.writeBytes(number);
    return this;
  }

  /** Adds picture data that unpacks to this many zeros. */
  SyntheticPng data(long zeros) {
    return chunk("IDAT", packedZeros(zeros));
  }

  byte[] end() {
    return chunk("IEND", new byte[0]).soFar();
  }

  byte[] soFar() {
    return out.toByteArray();
  }

  static byte[] packedZeros(long count) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (OutputStream zip = new DeflaterOutputStream(packed, deflater, 1 << 16)) {
      byte[] step = new byte[1 << 16];
      for (long left = count; left > 0; left -= step.length) {
        zip.write(step, 0, (int) Math.min(left, step.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  static byte[] packed(byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream zip = new DeflaterOutputStream(packed)) {
      zip.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static void putInt(byte[] into, int at, int value) {
    for (int i = 0; i < 4; i++) {
      into[at + i] = (byte) (value >> 24 - 8 * i);
    }
  }
}
