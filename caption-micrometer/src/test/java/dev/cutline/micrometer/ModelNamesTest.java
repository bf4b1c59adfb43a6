package dev.cutline.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Attempt;
import dev.cutline.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelNamesTest {
  private static final int ROUNDS = 3_000;

  /** In each round one place is left, and two threads come for it at the same moment. */
  @Test
  void noMoreNamesThanARegistryBearsWhenTwoThreadsBringNewOnes() throws Exception {
    ModelNames names = new ModelNames();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 1; i < ModelNames.MOST; i++) {
        names.tag(answered("rung-" + round, "model-" + i));
      }
    }
    AtomicInteger arrived = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<String>>> tags =
          threads.invokeAll(List.of(comer(names, arrived, "one"), comer(names, arrived, "two")));

      for (int round = 0; round < ROUNDS; round++) {
        assertThat(List.of(tags.get(0).get().get(round), tags.get(1).get().get(round)))
            .as("round %d", round)
            .containsOnlyOnce(ModelNames.OTHER);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<List<String>> comer(
      ModelNames names, AtomicInteger arrived, String model) {
    return () -> {
      List<String> tags = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        Attempt attempt = answered("rung-" + round, model);
        arrived.incrementAndGet();
        while (arrived.get() < 2 * (round + 1)) {
          Thread.onSpinWait(); // a barrier that sleeps would let one go long before the other
        }
        tags.add(names.tag(attempt));
      }
      return tags;
    };
  }

  private static Attempt answered(String rung, String model) {
    return Attempt.builder(rung, "openai", Outcome.OK).model(model).build();
  }
}
