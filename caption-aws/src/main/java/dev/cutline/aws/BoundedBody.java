package dev.cutline.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * The beginning of an answer. What is longer ends there, and its connection is cut: closing it
 * otherwise reads on to the end, however far that is. Not safe for several threads.
 */
final class BoundedBody extends FilterInputStream {
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

  private boolean isOver() {
    if (left == 0) {
      body.abort();
    }
    return left == 0;
  }
}
