package dev.cutline;

import java.util.List;

/** Finds things in pictures. Thread-safe, blocking, interruptible; one attempt a call. */
public interface LabelDetector extends AutoCloseable {
  /**
   * Returns what was found, surest first; empty if nothing was.
   *
   * @throws CaptionException with the reason; with {@link Reason#REFUSED} the picture must not be
   *     captioned, and a pipeline asks nobody for it
   */
  List<Label> detect(LabelRequest request);

  /**
   * Tells whether nobody may be asked to caption a picture that this detector has not looked at,
   * whatever the reason: a pipeline then keeps the picture without captions. Unless told otherwise
   * a failure is noted and the picture is captioned without labels.
   */
  default boolean isGate() {
    return false;
  }

  /** Returns what this detector takes; styles and languages play no part. */
  Capabilities capabilities();

  /** Frees what this instance created. Closing twice does nothing. */
  @Override
  default void close() {}
}
