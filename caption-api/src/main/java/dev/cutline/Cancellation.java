package dev.cutline;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells work under way that nobody waits for it any more. An interrupt alone does not free a
 * platform thread that reads a socket, so a captioner {@linkplain #onCancel registers} how to abort
 * its call. Thread-safe; cancels once.
 */
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /**
   * Runs {@code action} when cancelled: at once, on this thread, if that has happened already;
   * otherwise on the thread that cancels. The action is short and does not throw.
   *
   * @return closes when the work is over, so that the action is not kept longer than its call
   */
  public Registration onCancel(Runnable action) {
    synchronized (actions) {
      if (!cancelled) {
        actions.add(action);
        return () -> remove(action);
      }
    }
    action.run();
    return () -> {};
  }

  /**
   * Cancels: runs every registered action once, in the order of registration. Later calls do
   * nothing.
   */
  public void cancel() {
    List<Runnable> due;
    synchronized (actions) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  public boolean isCancelled() {
    synchronized (actions) {
      return cancelled;
    }
  }

  private void remove(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }

  /** Forgets an action when closed. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
