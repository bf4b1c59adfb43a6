package dev.cutline.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * The beginning of an answer. What is longer ends there, and its connection is cut: closing it
 * otherwise reads on to the end, however far that is. Not safe for several threads.
 */
final class BoundedBody extends FilterInputStream {
  private static final int MOST_LEFT = 4_096;

  private final AbortableInputStream body;
  private int left;

  BoundedBody(AbortableInputStream body, int most) {
    super(body);
    this.body = body;
    this.left = most;
  }

  @Override
  public int read() throws IOException {
    if (isOver()) {
      return -1;
    }
    int read = super.read();
    left -= read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0 && isOver()) {
      return -1;
    }
    int read = super.read(bytes, offset, Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = super.skip(Math.min(count, left));
    left -= (int) skipped;
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /**
   * Reads the little that whoever read an answer may have left, so that the connection can be used
   * again; where there is more, it is cut.
   */
  @Override
  public void close() throws IOException {
    byte[] rest = new byte[MOST_LEFT];
    try {
      if (readNBytes(rest, 0, rest.length) < rest.length) {
        super.close();
        return;
      }
    } catch (IOException e) {
      // Nobody wants to know any more what is there.
    }
    body.abort();
  }

  private boolean isOver() {
    if (left == 0) {
      body.abort();
    }
    return left == 0;
  }
}
