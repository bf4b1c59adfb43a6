package dev.cutline.imaging;

import java.io.EOFException;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the picture data of a PNG, which lies in one or more chunks IDAT. Not safe for several
 * threads.
 */
final class PngData implements AutoCloseable {
  private final byte[] file;
  private final PngChunks chunks;
  private final Inflater inflater = new Inflater();

  PngData(byte[] file) {
    this.file = file;
    this.chunks = PngChunks.trusting(file);
  }

  /** Fills {@code into} with the next bytes. */
  void read(byte[] into, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      int count = inflate(into, at, end - at);
      at += count;
      if (count == 0 && !(inflater.needsInput() && nextChunk())) {
        throw new EOFException("the picture data of the PNG ends early");
      }
    }
  }

  private int inflate(byte[] into, int from, int length) throws IOException {
    try {
      return inflater.inflate(into, from, length);
    } catch (DataFormatException e) {
      throw new IOException("the picture data of the PNG is damaged", e);
    }
  }

  private boolean nextChunk() {
    while (chunks.next()) {
      if (chunks.type().equals("IDAT")) {
        inflater.setInput(file, chunks.dataStart(), chunks.dataLength());
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
