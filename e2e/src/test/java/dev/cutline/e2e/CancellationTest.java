package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Attempt;
import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Outcome;
import dev.cutline.RecordStore;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainListener;
import dev.cutline.core.chain.ChainOptions;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.chain.RungStatus;
import dev.cutline.core.money.DailyBudgets;
import dev.cutline.core.money.Prices;
import dev.cutline.core.store.MemoryRecordStore;
import dev.cutline.httptest.RawServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A thousand captions given up at random moments, in every way in which one can be, while the
 * server hangs: afterwards there is no connection, no call, no place in a queue and no thread left
 * of them, and the money that was set aside is that of the calls that the server may charge for.
 */
class CancellationTest {
  private static final int CAPTIONS = 1_000;
  private static final int AT_ONCE = 40;
  private static final BigDecimal PRICE = new BigDecimal("0.01");

  private static final String ANSWER =
      Vendor.OPENAI.body("{\"concise\":\"Red bicycle by a wall\",\"decorative\":false}");

  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger charged = new AtomicInteger();

  @Test
  void aThousandCaptionsGivenUpLeaveNothingBehind() throws Exception {
    long seed = new Random().nextLong();
    try (RawServer slow = new RawServer(this::answerTheFirstAndHang);
        RawServer good = RawServer.of(http(ANSWER));
        RecordStore records = new MemoryRecordStore();
        Captioner first = Vendor.OPENAI.open(slow.address());
        Captioner second = Vendor.OPENAI.open(good.address());
        CaptionChain chain = chain(first, second, records)) {
      learnHowFastTheServerUsuallyIs(chain);
      giveUp(chain, new Random(seed));

      Eventually.holds("calls come back", () -> idle(chain.status()));
      Eventually.holds("connections are cut", () -> slow.connections() == 0);
      assertThat(slow.requests()).as("seed " + seed).isPositive();
      BigDecimal spent = chain.status().get(0).spentToday().orElseThrow();
      assertThat(spent)
          .as("seed " + seed)
          .isEqualByComparingTo(PRICE.multiply(BigDecimal.valueOf(charged.get())));
    }
    Eventually.holds("threads end", () -> ours().isEmpty());
  }

  /** Hedging needs to know what is usual. */
  private void learnHowFastTheServerUsuallyIs(CaptionChain chain) {
    answers.set(20);
    for (int i = 0; i < 20; i++) {
      assertThat(chain.caption(request().build()).rung()).contains("slow");
    }
  }

  private void giveUp(CaptionChain chain, Random random) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Void>> captions = new ArrayList<>();
      for (int i = 0; i < CAPTIONS; i++) {
        int way = i % 4;
        Duration after = Duration.ofMillis(random.nextInt(20));
        captions.add(() -> giveUp(chain, way, after));
      }
      for (Future<Void> each : callers.invokeAll(captions)) {
        each.get();
      }
    } finally {
      callers.shutdownNow();
      assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static Void giveUp(CaptionChain chain, int way, Duration after) throws Exception {
    switch (way) {
      case 0 -> {
        CompletableFuture<?> answer =
            chain.captionAsync(request().build(), ChainOptions.ofDefaults());
        Thread.sleep(after.toMillis());
        answer.cancel(true);
      }
      case 1 -> {
        Thread caller = new Thread(() -> ask(chain, request().build()), "caller");
        caller.start();
        Thread.sleep(after.toMillis());
        caller.interrupt();
        caller.join();
      }
      case 2 -> {
        Cancellation cancellation = new Cancellation();
        Thread caller =
            new Thread(() -> ask(chain, request().cancellation(cancellation).build()), "caller");
        caller.start();
        Thread.sleep(after.toMillis());
        cancellation.cancel();
        caller.join();
      }
      // past its usual time the second server is asked as well, and wins
      default -> ask(chain, request().deadline(Deadline.after(after.multipliedBy(10))).build());
    }
    return null;
  }

  private static void ask(CaptionChain chain, CaptionRequest request) {
    try {
      chain.caption(request);
    } catch (CaptionException e) {
      // given up in time: what is left of it is what counts here
    }
  }

  private void answerTheFirstAndHang(InputStream in, OutputStream out) throws IOException {
    if (answers.getAndDecrement() > 0) {
      out.write(http(ANSWER).getBytes(StandardCharsets.ISO_8859_1));
    } else {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private CaptionChain chain(Captioner slow, Captioner good, RecordStore records) {
    return CaptionChain.builder()
        .deadline(Duration.ofMinutes(1))
        .budgets(new DailyBudgets(records.budgetLedger(), InstantSource.system(), null))
        .listener(new Charges())
        .rung(
            Rung.builder("slow", "openai", slow)
                .maxConcurrency(AT_ONCE / 2)
                .breaker(false)
                .hedge(95)
                .prices(Prices.builder().image(PRICE).build())
                .dailyBudget(BigDecimal.valueOf(1_000_000))
                .build())
        .rung(Rung.builder("good", "openai", good).build())
        .build();
  }

  private static boolean idle(List<RungStatus> rungs) {
    return rungs.stream().allMatch(rung -> rung.underWay() == 0 && rung.waiting() == 0);
  }

  private static Set<String> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("cutline-"))
        .collect(Collectors.toSet());
  }

  private static CaptionRequest.Builder request() {
    byte[] bytes = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xd9};
    return CaptionRequest.builder(ImageData.of(bytes, ImageFormat.JPEG, 1, 1))
        .styles(Set.of(CaptionStyle.CONCISE));
  }

  private static String http(String body) {
    return BadAnswer.head(200, "Connection: close\r\nContent-Length: " + body.length()) + body;
  }

  /** Counts the calls to the slow server that were made. */
  private final class Charges implements ChainListener {
    @Override
    public OfRequest request(CaptionRequest request) {
      return new OfRequest() {
        @Override
        public OfCall call(Rung rung) {
          return attempt -> count(attempt);
        }
      };
    }

    private void count(Attempt attempt) {
      if (attempt.rung().equals("slow") && attempt.outcome() != Outcome.SKIPPED) {
        charged.incrementAndGet();
      }
    }
  }
}
