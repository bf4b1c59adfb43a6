package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CallThreadsTest {
  @Test
  void areDaemonsAndVirtualWhereTheyAreNeverPinned() throws Exception {
    ExecutorService threads = CallThreads.create("test-");
    try {
      Thread thread = threads.submit(Thread::currentThread).get();

      assertThat(thread.isDaemon()).isTrue();
      assertThat(isVirtual(thread)).isEqualTo(Runtime.version().feature() >= 24);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void areOfTheSystemAndNamedWhereThatIsAsked() throws Exception {
    ExecutorService threads = CallThreads.platform("names-");
    try {
      Thread thread = threads.submit(Thread::currentThread).get();

      assertThat(thread.isDaemon()).isTrue();
      assertThat(isVirtual(thread)).isFalse();
      assertThat(thread.getName()).isEqualTo("names-1");
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void areAsManyAsThereAreCalls() throws Exception {
    int calls = 50;
    CountDownLatch all = new CountDownLatch(calls);
    ExecutorService threads = CallThreads.create("test-");
    try {
      List<Future<?>> pending = new ArrayList<>();
      for (int i = 0; i < calls; i++) {
        pending.add(
            threads.submit(
                () -> {
                  all.countDown();
                  all.await();
                  return null;
                }));
      }
      for (Future<?> call : pending) {
        call.get();
      }

      assertThat(all.getCount()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isVirtual(Thread thread) throws ReflectiveOperationException {
    return Runtime.version().feature() >= 21
        && (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
  }
}
