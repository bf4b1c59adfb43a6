package dev.cutline.storage.s3;

import dev.cutline.StoreException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** One bucket and the way there: makes calls and turns what fails into our words. Thread-safe. */
final class Bucket {
  private final S3Client client;
  private final String name;
  private final S3Errors errors;
  private final AtomicBoolean closed = new AtomicBoolean();

  Bucket(S3Client client, String name) {
    this.client = client;
    this.name = name;
    this.errors = new S3Errors(name);
  }

  String name() {
    return name;
  }

  /**
   * Makes a call and leaves its exceptions as they are, for those that mean something to the
   * caller. Credentials that have expired are tried once more: the SDK asks for them again, and
   * what rotates them may have done so meanwhile.
   *
   * @throws StoreException if this, or the client, is closed
   */
  <T> T send(Function<S3Client, T> call) {
    if (closed.get()) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "the store of bucket " + name + " is closed");
    }
    try {
      return call.apply(client);
    } catch (SdkException e) {
      if (!S3Errors.isExpired(e)) {
        throw e;
      }
      return call.apply(client);
    } catch (IllegalStateException e) {
      // A client that somebody has closed, or a profile that asks for a module that is not there.
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE,
          "the client of S3 is closed or cannot work: " + e.getMessage(),
          e);
    }
  }

  /**
   * Makes a call.
   *
   * @param what for the message, as in "cannot write x"
   * @param permission that the call needs
   * @throws StoreException whatever fails
   */
  <T> T call(String what, String permission, Function<S3Client, T> call) {
    try {
      return send(call);
    } catch (SdkException e) {
      throw failure(what, permission, e);
    }
  }

  StoreException failure(String what, String permission, SdkException e) {
    return errors.of(what, permission, e);
  }

  /** Tells whether this is the first time; nothing is called afterwards. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }
}
