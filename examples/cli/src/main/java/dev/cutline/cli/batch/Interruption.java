package dev.cutline.cli.batch;

/** Whether somebody wants the work to stop. Thread-safe. */
public final class Interruption {
  private volatile boolean requested;

  /** Asks for a stop; asking twice does nothing. */
  public void request() {
    requested = true;
  }

  public boolean isRequested() {
    return requested;
  }
}
