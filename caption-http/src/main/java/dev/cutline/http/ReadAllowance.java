package dev.cutline.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What sockets may take in on a thread before the next part of a body comes of it. OkHttp reads the
 * line with the size of a chunk whole, however long it is, and finds each of its characters from
 * the beginning: ten megabytes of it take a processor ten seconds, and a virtual thread does not
 * let go of its processor meanwhile. An answer in HTTP/1 is read on the thread that wants its body;
 * HTTP/2, which has no chunks, reads elsewhere. Used on the thread that opened it.
 */
final class ReadAllowance implements AutoCloseable {
  /** Far more than what stands around a part of a body, and read in a few milliseconds. */
  static final int MOST_BYTES = 256 * 1024;

  private static final ThreadLocal<@Nullable ReadAllowance> OF_THIS_THREAD = new ThreadLocal<>();

  private int left = MOST_BYTES;

  private ReadAllowance() {}

  /** Bounds what sockets take in on this thread, until it is closed. */
  static ReadAllowance open() {
    ReadAllowance allowance = new ReadAllowance();
    OF_THIS_THREAD.set(allowance);
    return allowance;
  }

  /** Begins anew: a part of the body has come. */
  void renew() {
    left = MOST_BYTES;
  }

  /** Notes bytes that came in on this thread; does nothing where no allowance is open. */
  static void take(int bytes) throws IOException {
    ReadAllowance allowance = OF_THIS_THREAD.get();
    if (allowance == null) {
      return;
    }
    allowance.left -= bytes;
    if (allowance.left < 0) {
      throw new IOException("more than " + MOST_BYTES + " bytes came in, and none of the body");
    }
  }

  @Override
  public void close() {
    OF_THIS_THREAD.remove();
  }
}
