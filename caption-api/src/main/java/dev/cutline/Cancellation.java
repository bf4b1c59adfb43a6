package dev.cutline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   *
   * @throws IllegalStateException if actions threw, against their contract: once all of them have
   *     run, with what the first one threw as its cause and the rest suppressed
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
    IllegalStateException failure = null;
    for (Runnable action : due) {
      try {
        action.run();
      } catch (RuntimeException | Error e) { // the others have calls of their own to abort
        failure = failed(failure, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static IllegalStateException failed(
      @Nullable IllegalStateException before, Throwable thrown) {
    if (before == null) {
      return new IllegalStateException("an action failed that was to abort a call", thrown);
    }
    before.addSuppressed(thrown);
    return before;
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
