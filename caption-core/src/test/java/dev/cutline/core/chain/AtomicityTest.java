package dev.cutline.core.chain;

import dev.cutline.core.chain.ConcurrencyLimit.Turn;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * What many requests share is never seen half changed: Lincheck lets several threads run into each
 * other at every single step, and looks whether each outcome is one of some order of whole
 * operations.
 */
class AtomicityTest {
  @Test
  void concurrencyLimitCountsEachCallOnce() {
    options(25, 250).check(Limit.class);
  }

  @Test
  void hedgesAreTakenAndEarnedOneByOne() {
    options(5, 100).check(Allowance.class);
  }

  private static ModelCheckingOptions options(int scenarios, int interleavings) {
    return new ModelCheckingOptions()
        .iterations(scenarios)
        .invocationsPerIteration(interleavings)
        .threads(3)
        .actorsBefore(2)
        .actorsPerThread(2)
        .actorsAfter(2);
  }

  /**
   * A server that had too many of four calls and takes two now: both are under way, a third request
   * waits, and two answers in full use will let it come.
   */
  public static class Limit {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(4);
    private final Turn first;
    private final Turn second;
    private final Turn third;

    public Limit() {
      Turn before = limit.enter().orElseThrow();
      for (int i = 0; i < 3; i++) {
        limit.enter();
      }
      limit.tooMany(before);
      for (int i = 0; i < 4; i++) {
        limit.exit();
      }
      first = limit.enter().orElseThrow();
      second = limit.enter().orElseThrow();
      third = limit.enter().orElseThrow();
    }

    @Operation
    public boolean enter() {
      return limit.enter().isPresent();
    }

    @Operation
    public void exit() {
      limit.exit();
    }

    @Operation
    public void answered() {
      limit.answered(first);
    }

    @Operation
    public void otherAnswered() {
      limit.answered(second);
    }

    @Operation
    public void tooMany() {
      limit.tooMany(second);
    }

    @Operation
    public void leaveQueue() {
      limit.leaveQueue(third);
    }

    @Operation
    public String view() {
      return limit.view().toString();
    }
  }

  /** One hedge is left, and each call earns another. */
  public static class Allowance {
    private final HedgeAllowance allowance = new HedgeAllowance(50);

    public Allowance() {
      for (int i = 0; i < 9; i++) {
        allowance.take();
      }
    }

    @Operation
    public void call() {
      allowance.call();
    }

    @Operation
    public boolean take() {
      return allowance.take();
    }
  }
}
