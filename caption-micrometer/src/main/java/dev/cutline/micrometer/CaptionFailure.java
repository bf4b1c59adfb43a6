package dev.cutline.micrometer;

/**
 * What a span gets to see of a failure: its reason. The real exception has a message, which may
 * quote a server, and a stack trace.
 */
final class CaptionFailure extends Exception {
  private static final long serialVersionUID = 1L;

  CaptionFailure(String reason) {
    super(reason, null, false, false);
  }
}
