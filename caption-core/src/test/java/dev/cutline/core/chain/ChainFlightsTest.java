package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.core.store.MemoryRecordStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Equal questions at the same moment. */
class ChainFlightsTest {
  private static final int REQUESTS = 100;
  private static final ChainOptions ALICE = ChainOptions.builder().owner("alice").build();

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Gate model = new Gate();
  private final CaptionChain chain =
      CaptionChain.builder()
          .rung(Rung.builder("a", "typea", model).timeout(Duration.ofSeconds(60)).build())
          .cache(new MemoryRecordStore().captionCache())
          .deadline(Duration.ofSeconds(60))
          .fitter(new CountingFitter())
          .build();

  @AfterEach
  void endThreads() {
    chain.close();
    threads.shutdownNow();
  }

  @Test
  void hundredEqualRequestsAtOnceAreOneCall() throws Exception {
    List<Future<CaptionReply>> replies = ask(REQUESTS, ALICE);
    model.awaitCalls(1);
    model.answer(REQUESTS);

    int paid = 0;
    for (Future<CaptionReply> reply : replies) {
      paid += reply.get(1, TimeUnit.MINUTES).isCached() ? 0 : 1;
      assertThat(reply.get().text(CaptionStyle.CONCISE)).contains("A cat");
      assertThat(ChainBed.outcomes(reply.get().trail())).containsExactly("a OK");
    }
    assertThat(paid).isOne();
    assertThat(model.calls).hasValue(1);
  }

  @Test
  void oneThatFailsLeavesItToTheNext() throws Exception {
    model.failures = 1;
    List<Future<CaptionReply>> replies = ask(10, ALICE);
    model.awaitCalls(1);
    model.answer(10);

    int failed = 0;
    for (Future<CaptionReply> reply : replies) {
      try {
        reply.get(1, TimeUnit.MINUTES);
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(CaptionException.class);
        failed++;
      }
    }
    assertThat(failed).isOne();
    assertThat(model.calls).hasValue(2);
  }

  @Test
  void oneWhoseRefusalStopsItsChainLeavesItToTheNext() throws Exception {
    model.failures = 1;
    model.reason = Reason.REFUSED;
    List<Future<CaptionReply>> replies = ask(2, ALICE);
    model.awaitCalls(1);
    model.answer(2);

    List<String> outcomes = new ArrayList<>();
    for (Future<CaptionReply> reply : replies) {
      try {
        outcomes.add(reply.get(1, TimeUnit.MINUTES).text(CaptionStyle.CONCISE).orElseThrow());
      } catch (ExecutionException e) {
        outcomes.add(((CaptionException) e.getCause()).reason().name());
      }
    }
    assertThat(outcomes).containsExactlyInAnyOrder("REFUSED", "A cat");
  }

  @Test
  void ownersDoNotShareAndNobodyIsNoOwner() throws Exception {
    List<Future<CaptionReply>> replies = new ArrayList<>();
    replies.addAll(ask(1, ALICE));
    replies.addAll(ask(1, ChainOptions.builder().owner("bob").build()));
    replies.addAll(ask(2, ChainOptions.ofDefaults()));
    model.awaitCalls(4);
    model.answer(4);

    for (Future<CaptionReply> reply : replies) {
      assertThat(reply.get(1, TimeUnit.MINUTES).isCached()).isFalse();
    }
  }

  @Test
  void whoWantsANewAnswerGetsOne() throws Exception {
    List<Future<CaptionReply>> replies =
        ask(2, ChainOptions.builder().owner("alice").useCache(false).build());
    model.awaitCalls(2);
    model.answer(2);

    for (Future<CaptionReply> reply : replies) {
      assertThat(reply.get(1, TimeUnit.MINUTES).isCached()).isFalse();
    }
  }

  private List<Future<CaptionReply>> ask(int times, ChainOptions options) {
    List<Future<CaptionReply>> replies = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      CaptionRequest request =
          CaptionRequest.builder(ChainBed.PICTURE).styles(Set.of(CaptionStyle.CONCISE)).build();
      replies.add(threads.submit(() -> chain.caption(request, options)));
    }
    return replies;
  }

  /** Answers as often as it is let. */
  private static final class Gate implements Captioner {
    private final AtomicInteger calls = new AtomicInteger();
    private final Semaphore come = new Semaphore(0);
    private final Semaphore answers = new Semaphore(0);
    private volatile int failures;
    private volatile Reason reason = Reason.UNAVAILABLE;

    @Override
    public CaptionReply caption(CaptionRequest request) {
      int call = calls.incrementAndGet();
      come.release();
      answers.acquireUninterruptibly();
      if (call <= failures) {
        throw new CaptionException(reason, "not now");
      }
      return ScriptedCaptioner.reply(request, "A cat").build();
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.builder().build();
    }

    @Override
    public String fingerprint() {
      return "gate";
    }

    void awaitCalls(int count) throws InterruptedException {
      assertThat(come.tryAcquire(count, 1, TimeUnit.MINUTES)).isTrue();
    }

    void answer(int times) {
      answers.release(times);
    }
  }
}
