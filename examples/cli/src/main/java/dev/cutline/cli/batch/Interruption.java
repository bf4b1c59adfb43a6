package dev.cutline.cli.batch;

/** Whether somebody wants the work to stop, and whether anybody heeds that. Thread-safe. */
public final class Interruption {
  private volatile boolean requested;
  private volatile boolean heeded;

  /** Promises to end soon after a request, and in order: it is worth waiting for. */
  public void heed() {
    heeded = true;
  }

  public boolean isHeeded() {
    return heeded;
  }

  /** Asks for a stop; asking twice does nothing. */
  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}
