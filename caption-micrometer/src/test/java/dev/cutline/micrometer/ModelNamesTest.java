package dev.cutline.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Attempt;
import dev.cutline.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ModelNamesTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 300;

  /** Each round has one place left, and all threads come at once with a name of their own. */
  @Test
  void noMoreNamesThanARegistryBearsWhenManyThreadsBringNewOnes() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier together = new CyclicBarrier(THREADS);
      for (int round = 0; round < ROUNDS; round++) {
        ModelNames names = new ModelNames();
        Set<String> known = new HashSet<>();
        for (int i = 1; i < ModelNames.MOST; i++) {
          known.add(names.tag(answeredBy("model-" + i)));
        }
        List<Future<String>> tags = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          Attempt attempt = answeredBy("late-" + i);
          tags.add(
              threads.submit(
                  () -> {
                    together.await();
                    return names.tag(attempt);
                  }));
        }
        for (Future<String> tag : tags) {
          known.add(tag.get());
        }
        known.remove(ModelNames.OTHER);
        assertThat(known).hasSize(ModelNames.MOST);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Attempt answeredBy(String model) {
    return Attempt.builder("rung", "openai", Outcome.OK).model(model).build();
  }
}
