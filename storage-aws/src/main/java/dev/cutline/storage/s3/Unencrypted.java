package dev.cutline.storage.s3;

/** What to do about a server that does not encrypt what it stores. */
public enum Unencrypted {
  /** Use it and warn in the log, once. */
  WARN,
  /** Do not use it; nothing is stored there. */
  REFUSE,
  /** Use it. */
  ALLOW
}
