package dev.cutline.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs processes one step at a time in an order that a seed decides: whoever has the turn goes on
 * to its next operation on a store. Some are killed on the way.
 */
final class Scheduler {
  private final Random random;
  private final Runnable betweenSteps;
  private final List<Runner> processes = new ArrayList<>();
  private final Semaphore back = new Semaphore(0);

  /**
   * Makes a scheduler.
   *
   * @param betweenSteps is run while every process stands still
   */
  Scheduler(Random random, Runnable betweenSteps) {
    this.random = random;
    this.betweenSteps = betweenSteps;
  }

  /** The end of a process. An error, because nobody handles it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Returns the hook of a process that will do some work. */
  Runner process() {
    Runner process = new Runner();
    processes.add(process);
    return process;
  }

  /** Runs until every process has ended; throws what one of them threw, but for being killed. */
  void run(double chanceOfDeath) throws InterruptedException {
    List<Runner> alive = new ArrayList<>(processes);
    alive.forEach(process -> process.thread.start());
    while (!alive.isEmpty()) {
      Runner next = alive.get(random.nextInt(alive.size()));
      next.dies = next.started && random.nextDouble() < chanceOfDeath;
      next.started = true;
      next.turn.release();
      if (!back.tryAcquire(1, TimeUnit.MINUTES)) {
        throw new AssertionError("a process hangs");
      }
      if (next.ended) {
        alive.remove(next);
        if (next.failure != null) {
          throw new AssertionError("a process failed: " + next.failure, next.failure);
        }
      }
      betweenSteps.run();
    }
  }

  /** A process, and the hook at which it waits for its turn. */
  final class Runner implements Hook {
    private final Semaphore turn = new Semaphore(0);
    private Thread thread = new Thread(this::live, "process");
    private Runnable work = () -> {};
    private volatile boolean started;
    private volatile boolean dies;
    private volatile boolean ended;
    private volatile Throwable failure;

    void does(Runnable work) {
      this.work = work;
    }

    private void live() {
      try {
        turn.acquireUninterruptibly();
        work.run();
      } catch (Killed e) {
        // as the scheduler wants it
      } catch (Throwable e) {
        failure = e;
      } finally {
        ended = true;
        back.release();
      }
    }

    @Override
    public void before(String operation) {
      yieldTurn();
    }

    @Override
    public void after(String operation) {
      yieldTurn();
    }

    private void yieldTurn() {
      if (!Thread.currentThread().equals(thread)) {
        throw new IllegalStateException("another thread works on the stores");
      }
      back.release();
      turn.acquireUninterruptibly();
      if (dies) {
        throw new Killed();
      }
    }
  }
}
