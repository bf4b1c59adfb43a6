package dev.cutline.storage.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object. When the connection breaks in the middle, it asks for the rest of the
 * very same object and goes on. Not safe for several threads.
 */
final class ResumingStream extends InputStream {
  /** How often in a row, without a byte in between. */
  private static final int TRIES = 3;

  private final Source source;
  private final long size;
  private ResponseInputStream<GetObjectResponse> current;
  private long position;

  /**
   * @param first the whole object
   * @param size of it in bytes
   * @param source where the rest comes from
   */
  ResumingStream(ResponseInputStream<GetObjectResponse> first, long size, Source source) {
    this.current = first;
    this.size = size;
    this.source = source;
  }

  /** Where the rest comes from. */
  @FunctionalInterface
  interface Source {
    /**
     * Returns the object from a position on.
     *
     * @throws SdkException if it cannot be had, or is another one meanwhile
     */
    ResponseInputStream<GetObjectResponse> from(long position);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        int read = current.read(buffer, offset, length);
        if (read < 0 && position < size) {
          throw new EOFException("S3 sent " + position + " of " + size + " bytes");
        }
        position += Math.max(read, 0);
        return read;
      } catch (IOException | SdkException e) {
        // All that is left to fail at the end is the checksum.
        if (position == size || tries > TRIES || e instanceof AbortedException) {
          throw failure(e);
        }
        resume();
      }
    }
  }

  @Override
  public int available() throws IOException {
    return current.available();
  }

  /** Does not read what is left, as the SDK would to keep the connection: it may be much. */
  @Override
  public void close() throws IOException {
    if (position < size) {
      current.abort();
    } else {
      current.close();
    }
  }

  private void resume() throws IOException {
    current.abort();
    try {
      current = source.from(position);
    } catch (SdkException e) {
      boolean other = S3Errors.isPreconditionFailed(e) || S3Errors.isNotFound(e);
      throw other
          ? new IOException("it was replaced or deleted while it was read; read it again", e)
          : failure(e);
    }
  }

  private static IOException failure(Exception e) {
    return e instanceof IOException io ? io : new IOException(e.getMessage(), e);
  }
}
