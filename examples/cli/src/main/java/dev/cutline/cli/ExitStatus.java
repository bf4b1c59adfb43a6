package dev.cutline.cli;

/** What the process tells its caller. */
final class ExitStatus {
  static final int DONE = 0;

  /** Some pictures failed, the rest is done. */
  static final int SOME_FAILED = 1;

  /** Wrong usage or settings; nothing was done. */
  static final int USAGE = 2;

  /** The work had to stop: disk full, store gone, budget spent. */
  static final int STOPPED = 3;

  /** The user interrupted: 128 and the number of the signal, as shells have it. */
  static final int INTERRUPTED = 130;

  /**
   * Nobody reads the rest of what was printed: 128 and the number of SIGPIPE, as of a program that
   * the signal ends. Scripts know it from {@code ls | head} and the like.
   */
  static final int READ_ENOUGH = 141;

  private ExitStatus() {}
}
