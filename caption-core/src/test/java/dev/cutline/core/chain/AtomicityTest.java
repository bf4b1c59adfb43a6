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

  /** Two calls at once; one is under way and was told so, another has come meanwhile. */
  public static class Limit {
    private final ConcurrencyLimit limit = new ConcurrencyLimit(2);
    private final Turn first = limit.enter().orElseThrow();
    private final Turn second = limit.enter().orElseThrow();
    private final Turn third = limit.enter().orElseThrow();

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
