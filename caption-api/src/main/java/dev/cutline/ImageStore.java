package dev.cutline;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps encoded pictures under keys such as {@code images/alice/0190…/original.jpg}. Keys are made
 * of the segments that caption-core builds: 1 to 512 characters of {@code [a-z0-9~_.-]} and {@code
 * /}, no empty segment and none of dots only. What {@link #put} has returned survives a crash of
 * this process and of the machine. Thread-safe.
 */
public interface ImageStore extends AutoCloseable {
  /**
   * Stores a picture, replacing what is there; readers see the old or the new one, never a part.
   *
   * @throws StoreException if it could not be stored; nothing of it is then visible
   * @throws IllegalArgumentException if the key is not of the form above
   */
  void put(String key, ImageData image);

  /**
   * Opens a stored object.
   *
   * @return the object, to be closed by the caller; empty if there is none
   * @throws StoreException if the store cannot be reached
   */
  Optional<StoredObject> get(String key);

  /**
   * Deletes one object, every version of it.
   *
   * @return whether there was one
   * @throws StoreException if that could not be done
   */
  boolean delete(String key);

  /**
   * Deletes every object, and every version, whose key starts with {@code prefix}, which ends in
   * {@code /}.
   *
   * @return how many objects there were
   * @throws StoreException if that could not be done for all; asking again goes on
   */
  int deleteByPrefix(String prefix);

  /**
   * Lists the objects whose keys start with {@code prefix}, in the order of their keys.
   *
   * @param prefix empty, or ends in {@code /}
   * @param cursor where to go on: what the page before gave; null for the first page
   * @param limit most keys of a page, 1 to 1000
   * @throws StoreException if the store cannot be reached
   */
  ObjectPage list(String prefix, @Nullable String cursor, int limit);

  /**
   * Returns an address under which anybody may fetch the object for some time, without asking us.
   *
   * @param validity for how long at most: an address ends with what signed it, which may be
   *     earlier; more than zero, at most 7 days
   * @return the address; empty if this store has nothing to link to
   * @throws StoreException if the store cannot be reached
   */
  Optional<URI> presign(String key, Duration validity);

  /** Frees what this instance created. Closing twice does nothing. */
  @Override
  default void close() {}
}
