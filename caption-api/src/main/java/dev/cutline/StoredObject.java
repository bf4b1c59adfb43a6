package dev.cutline;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** An object being read. The one who got it closes it. Not safe for several threads. */
public final class StoredObject implements AutoCloseable {
  private final InputStream stream;
  private final long size;
  private final String mediaType;

  private StoredObject(InputStream stream, long size, String mediaType) {
    this.stream = Objects.requireNonNull(stream, "stream");
    this.size = size;
    this.mediaType = Objects.requireNonNull(mediaType, "mediaType");
  }

  /**
   * Returns an object of a stream; closing the object closes the stream.
   *
   * @param size bytes
   * @param mediaType for example {@code image/jpeg}
   */
  public static StoredObject of(InputStream stream, long size, String mediaType) {
    return new StoredObject(stream, size, mediaType);
  }

  public InputStream stream() {
    return stream;
  }

  /** Returns the size in bytes. */
  public long size() {
    return size;
  }

  public String mediaType() {
    return mediaType;
  }

  /**
   * Returns all that is left of the stream.
   *
   * @throws StoreException if it cannot be read
   */
  public byte[] readAll() {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the object cannot be read: " + e, e);
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the object cannot be closed: " + e, e);
    }
  }
}
