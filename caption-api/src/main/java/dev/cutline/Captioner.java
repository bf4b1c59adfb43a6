package dev.cutline;

/**
 * Writes captions for pictures. Implementations are thread-safe, blocking and interruptible, and
 * make exactly one attempt a call: retries, timeouts, breakers and budgets live once, in
 * caption-core. An instance closes what it created and never what it was given.
 */
public interface Captioner extends AutoCloseable {
  /**
   * Returns captions for one picture.
   *
   * @return a text for each style that was asked for and that {@link #capabilities()} lists
   * @throws CaptionException with the reason; also when the thread is interrupted or the request
   *     cancelled ({@link Reason#TIMEOUT}; the interrupt status is kept)
   */
  CaptionReply caption(CaptionRequest request);

  /**
   * Returns what this captioner takes; the same all its life, without any call over the network.
   */
  Capabilities capabilities();

  /**
   * Returns what decides the answer besides the request: type, model, prompt version, strategy. It
   * is part of the cache key, so two captioners with the same fingerprint may answer for each
   * other. No secrets.
   */
  String fingerprint();

  /** Frees what this instance created. Closing twice does nothing. */
  @Override
  default void close() {}
}
