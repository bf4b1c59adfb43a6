package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CancellationTest {
  @Test
  void runsEachActionOnceInOrder() {
    Cancellation cancellation = new Cancellation();
    List<String> ran = new ArrayList<>();
    cancellation.onCancel(() -> ran.add("first"));
    cancellation.onCancel(() -> ran.add("second"));

    assertThat(cancellation.isCancelled()).isFalse();
    cancellation.cancel();
    cancellation.cancel();

    assertThat(ran).containsExactly("first", "second");
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void runsAnActionAtOnceThatComesLate() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    AtomicInteger ran = new AtomicInteger();

    cancellation.onCancel(ran::incrementAndGet).close();

    assertThat(ran).hasValue(1);
  }

  @Test
  void forgetsAnActionWhoseWorkIsOver() {
    Cancellation cancellation = new Cancellation();
    AtomicInteger ran = new AtomicInteger();
    Cancellation.Registration registration = cancellation.onCancel(ran::incrementAndGet);

    registration.close();
    registration.close();
    cancellation.cancel();

    assertThat(ran).hasValue(0);
  }

  @Test
  void letsAnActionRegisterAnother() {
    Cancellation cancellation = new Cancellation();
    AtomicInteger ran = new AtomicInteger();
    cancellation.onCancel(() -> cancellation.onCancel(ran::incrementAndGet));

    cancellation.cancel();

    assertThat(ran).hasValue(1);
  }

  @Test
  void actionThatThrowsKeepsNoOtherFromRunning() {
    Cancellation cancellation = new Cancellation();
    IllegalArgumentException defect = new IllegalArgumentException("a defect");
    StackOverflowError deep = new StackOverflowError();
    AtomicInteger ran = new AtomicInteger();
    cancellation.onCancel(
        () -> {
          throw defect;
        });
    cancellation.onCancel(ran::incrementAndGet);
    cancellation.onCancel(
        () -> {
          throw deep;
        });
    cancellation.onCancel(ran::incrementAndGet);

    assertThatIllegalStateException()
        .isThrownBy(cancellation::cancel)
        .withCause(defect)
        .satisfies(failure -> assertThat(failure.getSuppressed()).containsExactly(deep));

    assertThat(ran).hasValue(2);
    cancellation.cancel();
    assertThat(ran).hasValue(2);
  }

  /** Whoever registers while another thread cancels is neither missed nor run twice. */
  @RepeatedTest(50)
  void missesNobodyWhoRegistersMeanwhile() throws Exception {
    Cancellation cancellation = new Cancellation();
    AtomicInteger ran = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(5);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      boolean cancels = i == 0;
      threads.add(
          new Thread(
              () -> {
                await(start);
                for (int k = 0; k < (cancels ? 1 : 20); k++) {
                  if (cancels) {
                    cancellation.cancel();
                  } else {
                    cancellation.onCancel(ran::incrementAndGet);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ran).hasValue(80);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
