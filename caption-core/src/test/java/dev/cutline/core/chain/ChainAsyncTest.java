package dev.cutline.core.chain;

import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static dev.cutline.core.chain.ScriptedCaptioner.fails;
import static dev.cutline.core.chain.ScriptedCaptioner.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Cancellation;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests without a thread of their caller's, in real time. */
class ChainAsyncTest {
  /** No call of these tests ends because its time is up. */
  private static final Duration LONG = Duration.ofHours(1);

  private final List<CaptionChain> chains = new ArrayList<>();

  @AfterEach
  void close() {
    chains.forEach(CaptionChain::close);
  }

  @Test
  void completesWithTheAnswer() throws Exception {
    CaptionReply reply =
        chain(model(fails(Reason.UNAVAILABLE)), model(answers("A dog")))
            .captionAsync(request().build(), ChainOptions.ofDefaults())
            .get(1, TimeUnit.MINUTES);

    assertThat(reply.text(CaptionStyle.CONCISE)).contains("A dog");
    assertThat(ChainBed.outcomes(reply.trail())).containsExactly("a UNAVAILABLE", "b OK");
  }

  @Test
  void completesWithTheFailureAndItsTrail() {
    CompletableFuture<CaptionReply> answer =
        chain(model(fails(Reason.REFUSED)))
            .captionAsync(request().build(), ChainOptions.ofDefaults());

    assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            CaptionException.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
              assertThat(ChainBed.outcomes(failure.trail())).containsExactly("a REFUSED");
            });
  }

  @Test
  void requestsLeaveThreadsForTheirCalls() throws Exception {
    CountDownLatch allCalled = new CountDownLatch(4);
    Captioner together =
        model(
            request -> {
              allCalled.countDown();
              await(allCalled);
              return ScriptedCaptioner.reply(request, "A cat").build();
            });
    CaptionChain chain =
        kept(
            CaptionChain.builder()
                .rung(Rung.builder("a", "typea", together).build())
                .fitter(new CountingFitter())
                .maxThreads(4)
                .build());
    List<CompletableFuture<CaptionReply>> answers = new ArrayList<>();

    for (int i = 0; i < 4; i++) {
      answers.add(chain.captionAsync(request().build(), ChainOptions.ofDefaults()));
    }

    for (CompletableFuture<CaptionReply> answer : answers) {
      assertThat(answer.get(1, TimeUnit.MINUTES).rung()).contains("a");
    }
  }

  @Test
  void cancellingTheFutureCancelsTheCall() throws Exception {
    Hanging hanging = new Hanging();
    CompletableFuture<CaptionReply> answer =
        chain(hanging).captionAsync(request().build(), ChainOptions.ofDefaults());
    hanging.awaitCall();

    answer.cancel(false);

    hanging.awaitEnd();
  }

  @Test
  void callersCancellationCancelsTheCall() throws Exception {
    Hanging hanging = new Hanging();
    Cancellation cancellation = new Cancellation();
    CompletableFuture<CaptionReply> answer =
        chain(hanging)
            .captionAsync(request().cancellation(cancellation).build(), ChainOptions.ofDefaults());
    hanging.awaitCall();

    cancellation.cancel();

    hanging.awaitEnd();
    assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(CaptionException.class)
        .hasMessageContaining("cancelled");
  }

  @Test
  void requestsLeaveNothingBehindInACancellationThatTheyShare() throws Exception {
    CaptionChain chain = chain(model(answers("A cat")));
    Cancellation shared = new Cancellation();
    CaptionRequest request = request().cancellation(shared).build();

    chain.caption(request);
    chain.captionAsync(request, ChainOptions.ofDefaults()).get(1, TimeUnit.MINUTES);

    assertThat(shared)
        .as("it would grow with each picture of a batch")
        .extracting("actions", InstanceOfAssertFactories.LIST)
        .isEmpty();
  }

  @Test
  void closingTheChainEndsWhatIsUnderWay() throws Exception {
    Hanging hanging = new Hanging();
    CaptionChain chain = chain(hanging);
    CompletableFuture<CaptionReply> answer =
        chain.captionAsync(request().build(), ChainOptions.ofDefaults());
    hanging.awaitCall();

    chain.close();

    assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(CaptionException.class);
    assertThatThrownBy(() -> chain.captionAsync(request().build(), ChainOptions.ofDefaults()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the chain is closed");
  }

  @Test
  void listenersAreToldOfTheRequestOnTheCallersThread() throws Exception {
    Witness witness = new Witness();
    CaptionChain chain =
        kept(
            CaptionChain.builder()
                .rung(Rung.builder("a", "typea", model(answers("A cat"))).build())
                .listener(witness)
                .build());

    chain.captionAsync(request().build(), ChainOptions.ofDefaults()).get(1, TimeUnit.MINUTES);

    assertThat(witness.askedOn).isSameAs(Thread.currentThread());
    assertThat(witness.end).isEqualTo("answered");
  }

  @Test
  void listenersAreToldOfARequestThatNoThreadTakes() {
    Witness witness = new Witness();
    ExecutorService none = Executors.newSingleThreadExecutor();
    none.shutdown();
    CaptionChain chain =
        kept(
            CaptionChain.builder()
                .rung(Rung.builder("a", "typea", model(answers("A cat"))).build())
                .executor(none)
                .listener(witness)
                .build());

    CompletableFuture<CaptionReply> answer =
        chain.captionAsync(request().build(), ChainOptions.ofDefaults());

    assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES))
        .hasCauseInstanceOf(CaptionException.class)
        .hasMessageContaining("no thread is free");
    assertThat(witness.end).isEqualTo("failed UNAVAILABLE");
  }

  private CaptionChain chain(Captioner... captioners) {
    CaptionChain.Builder builder =
        CaptionChain.builder().fitter(new CountingFitter()).deadline(LONG);
    char name = 'a';
    for (Captioner captioner : captioners) {
      builder.rung(
          Rung.builder(String.valueOf(name), "type" + name, captioner).timeout(LONG).build());
      name++;
    }
    return kept(builder.build());
  }

  private CaptionChain kept(CaptionChain chain) {
    chains.add(chain);
    return chain;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(1, TimeUnit.MINUTES)) {
        throw new CaptionException(Reason.TIMEOUT, "the others never came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static CaptionRequest.Builder request() {
    return CaptionRequest.builder(ChainBed.PICTURE).styles(Set.of(CaptionStyle.CONCISE));
  }

  /** Keeps on which thread it was told of a request, and how that ended. */
  private static final class Witness implements ChainListener {
    private volatile Thread askedOn;
    private volatile String end;

    @Override
    public OfRequest request(CaptionRequest request) {
      askedOn = Thread.currentThread();
      return new OfRequest() {
        @Override
        public void answered(CaptionReply reply) {
          end = "answered";
        }

        @Override
        public void failed(CaptionException failure) {
          end = "failed " + failure.reason();
        }
      };
    }
  }

  /** Answers nothing until it is cancelled. */
  private static final class Hanging implements Captioner {
    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);

    @Override
    public CaptionReply caption(CaptionRequest request) {
      request.onCancel(cancelled::countDown);
      called.countDown();
      try {
        cancelled.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new CaptionException(Reason.TIMEOUT, "cancelled");
    }

    @Override
    public Capabilities capabilities() {
      return Capabilities.builder().build();
    }

    @Override
    public String fingerprint() {
      return "hanging";
    }

    void awaitCall() throws InterruptedException {
      assertThat(called.await(1, TimeUnit.MINUTES)).isTrue();
    }

    void awaitEnd() throws InterruptedException {
      assertThat(cancelled.await(1, TimeUnit.MINUTES)).isTrue();
    }
  }
}
