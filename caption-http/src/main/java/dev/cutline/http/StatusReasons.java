package dev.cutline.http;

import dev.cutline.Reason;

/** What a status means where the server says nothing better. The one place for it. */
final class StatusReasons {
  private StatusReasons() {}

  static Reason of(int status) {
    return switch (status) {
      case 401, 403 -> Reason.UNAUTHORIZED;
      case 402 -> Reason.UNAVAILABLE;
      case 408, 499, 504 -> Reason.TIMEOUT;
      case 409, 421, 425 -> Reason.INTERNAL;
      case 413 -> Reason.IMAGE_LIMIT;
      case 429 -> Reason.RATE_LIMITED;
      case 501, 505 -> Reason.MISCONFIGURED;
      case 503, 529 -> Reason.UNAVAILABLE;
      default -> status >= 300 && status <= 499 ? Reason.MISCONFIGURED : Reason.INTERNAL;
    };
  }
}
