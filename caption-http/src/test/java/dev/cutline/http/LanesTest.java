package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.http.Lanes.Lane;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes(OkHttpClient::new);

  @Test
  void oneCallAfterTheOtherStaysOnOneClient() {
    Lane first = lanes.enter();
    first.exit();

    assertThat(lanes.enter().client()).isSameAs(first.client());
    assertThat(lanes.clients()).hasSize(1);
  }

  @Test
  void aClientThatIsFullLeavesTheNextCallToAnother() {
    List<Lane> full = enter(Lanes.WIDTH);

    Lane next = lanes.enter();

    assertThat(full).extracting(Lane::client).containsOnly(full.get(0).client());
    assertThat(next.client()).isNotSameAs(full.get(0).client());
    full.get(7).exit();
    assertThat(lanes.enter().client()).isSameAs(full.get(0).client());
    assertThat(lanes.enter().client()).isSameAs(next.client());
  }

  @Test
  void aClientOfSomebodyElsesTakesAllCalls() {
    OkHttpClient theirs = new OkHttpClient();
    Lanes one = Lanes.of(theirs);

    for (int i = 0; i < 3 * Lanes.WIDTH; i++) {
      assertThat(one.enter().client()).isSameAs(theirs);
    }
  }

  @Test
  void callsThatComeAtOnceFillAsFewClientsAsCanHoldThem() throws Exception {
    int threads = 16;
    int each = 40;
    List<Lane> entered = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch start = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int i = 0; i < threads; i++) {
      pool.execute(
          () -> {
            awaitQuietly(start);
            for (int call = 0; call < each; call++) {
              lanes.enter().exit();
              entered.add(lanes.enter());
            }
            end.countDown();
          });
    }
    start.countDown();
    end.await();
    pool.shutdown();

    Map<OkHttpClient, Long> calls =
        entered.stream()
            .map(Lane::client)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(calls).hasSize(threads * each / Lanes.WIDTH);
    assertThat(calls.values()).containsOnly((long) Lanes.WIDTH);
  }

  private List<Lane> enter(int count) {
    List<Lane> entered = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entered.add(lanes.enter());
    }
    return entered;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
