package dev.cutline.core.contract;

import dev.cutline.Reason;

/** A text that breaks the contract and cannot be repaired safely. */
final class Breach extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final boolean nothing;

  private Breach(Reason reason, String message, boolean nothing) {
    super(message, null, false, false); // made for every bad answer; nobody reads its stack
    this.reason = reason;
    this.nothing = nothing;
  }

  /** Returns a breach by a text that says nothing, which suits a decorative picture. */
  static Breach nothing(String message) {
    return new Breach(Reason.MALFORMED_REPLY, message, true);
  }

  static Breach malformed(String message) {
    return new Breach(Reason.MALFORMED_REPLY, message, false);
  }

  static Breach refused(String message) {
    return new Breach(Reason.REFUSED, message, false);
  }

  Reason reason() {
    return reason;
  }

  boolean isNothing() {
    return nothing;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
