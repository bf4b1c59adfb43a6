package dev.cutline.core.chain;

import static dev.cutline.core.chain.ChainBed.outcomes;
import static dev.cutline.core.chain.ScriptedCaptioner.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Cancellation;
import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.imaging.MemoryGate;
import dev.cutline.imaging.Renderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long a picture that has to be made to fit holds the caller, and what is left of the memory
 * and the thread of one that was given up.
 */
@Timeout(60)
class ChainFittingTest extends ChainThreads {
  private static final long ALL = 1 << 24;

  private final MemoryGate gate = new MemoryGate(ALL);
  private final CompletableFuture<Void> decoding = new CompletableFuture<>();

  /** When the time of requests is up: once a picture is being decoded, however long that takes. */
  private volatile CompletableFuture<Void> timeIsUp = decoding;

  private final AtomicReference<Thread> fitting = new AtomicReference<>();
  private final AtomicInteger admitted = new AtomicInteger();
  private final ScriptedCaptioner captioner = new ScriptedCaptioner(SMALL, answers("A cat"));

  @Test
  void decodeThatHeedsNothingDoesNotHoldTheCaller() throws Exception {
    CaptionChain chain = impatient(this::decodeDeaf);

    CaptionException failure = failure(chain);

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(outcomes(failure.trail())).containsExactly("a SKIPPED");
    assertThat(failure).hasMessageContaining("could not be made to fit in time");
    assertThat(back.getCount()).as("it still decodes").isOne();
    release.countDown();
    back.await();
    assertThat(captioner.calls()).isZero();
  }

  @Test
  void waitingForMemoryEndsWithTheDeadlineAndTakesNeitherMemoryNorThread() throws Exception {
    ThreadPoolExecutor threads = oneThread();
    CaptionChain chain =
        CaptionChain.builder()
            .executor(threads)
            .fitter(new JpegFitter(new Renderer(), gate))
            .rung(Rung.builder("a", "typea", captioner).build())
            .build();
    ImageData picture = jpeg();
    MemoryGate.Permit all = gate.acquire(ALL);

    CaptionException failure =
        failure(chain, CaptionRequest.builder(picture).deadline(Deadline.after(SHORT)).build());

    assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(outcomes(failure.trail())).containsExactly("a SKIPPED");
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).as("nobody waits any more").isTrue();
    all.close();
    gate.acquire(ALL).close();
  }

  @Test
  void decodeThatWasGivenUpKeepsItsMemoryUntilItEnds() throws Exception {
    CaptionChain chain = impatient(() -> inMemory(this::decodeDeaf));
    assertThat(failure(chain).reason()).isEqualTo(Reason.TIMEOUT);

    assertThat(failure(chain).reason()).as("there is no memory").isEqualTo(Reason.TIMEOUT);
    assertThat(admitted).hasValue(1);
    release.countDown();
    timeIsUp = new CompletableFuture<>();

    assertThat(chain.caption(request().build()).text(CaptionStyle.CONCISE)).contains("A cat");
    assertThat(admitted).hasValue(2);
    gate.acquire(ALL).close(); // everything came back
  }

  @Test
  void decodeThatFailsAfterItWasGivenUpGivesItsMemoryBackToo() throws Exception {
    CaptionChain chain =
        impatient(
            () ->
                inMemory(
                    () -> {
                      decodeDeaf();
                      throw new OutOfMemoryError("Java heap space");
                    }));
    assertThat(failure(chain).reason()).isEqualTo(Reason.TIMEOUT);

    release.countDown();

    gate.acquire(ALL).close();
  }

  @Test
  void interruptOfTheCallerEndsTheFitAndIsKept() throws Exception {
    CaptionChain chain = fitting(this::waitUntilInterrupted);
    AtomicReference<CaptionException> failure = new AtomicReference<>();
    AtomicInteger kept = new AtomicInteger();
    Thread caller =
        new Thread(
            () -> {
              failure.set(failure(chain));
              kept.set(Thread.currentThread().isInterrupted() ? 1 : 0);
            });
    caller.start();
    asked.await();

    caller.interrupt();

    caller.join();
    assertThat(failure.get()).hasMessageContaining("interrupted");
    assertThat(failure.get().reason()).isEqualTo(Reason.TIMEOUT);
    assertThat(kept).hasValue(1);
    back.await();
  }

  @Test
  void cancellationOfTheRequestEndsTheFit() throws Exception {
    CaptionChain chain = fitting(this::waitUntilInterrupted);
    Cancellation cancellation = new Cancellation();
    Future<CaptionException> failure =
        callers.submit(() -> failure(chain, request().cancellation(cancellation).build()));
    asked.await();

    cancellation.cancel();

    assertThat(get(failure)).hasMessage("the request was cancelled");
    assertThat(get(failure).reason()).isEqualTo(Reason.TIMEOUT);
    back.await();
    assertThat(captioner.calls()).isZero();
  }

  @Test
  void closingEndsTheFitAndItsThread() throws Exception {
    CaptionChain chain = fitting(this::waitUntilInterrupted);
    Future<CaptionException> failure = callers.submit(() -> failure(chain));
    asked.await();

    chain.close();

    assertThat(get(failure).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(get(failure)).hasMessageContaining("the chain was closed");
    // A thread of a pool ends a little after its work; idle, it would stay for a minute.
    fitting.get().join(TimeUnit.SECONDS.toMillis(30));
    assertThat(fitting.get().isAlive()).isFalse();
  }

  @Test
  void pictureIsMadeToFitOnADaemonThatIsNotVirtualOnAnyJava() {
    CaptionChain chain = fitting(() -> CountingFitter.of(5));

    chain.caption(request().build());

    assertThat(fitting.get().isDaemon()).isTrue();
    assertThat(fitting.get().toString()).startsWith("Thread[");
  }

  @Test
  void poolThatIsFullMakesItsRungUnavailable() throws Exception {
    CaptionChain chain =
        CaptionChain.builder()
            .maxThreads(1)
            .fitter(fitter(this::waitUntilInterrupted))
            .rung(Rung.builder("a", "typea", captioner).build())
            .build();
    chains.add(chain);
    Future<CaptionException> first = callers.submit(() -> failure(chain));
    asked.await();

    CaptionException second = failure(chain);

    assertThat(second.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(outcomes(second.trail())).containsExactly("a SKIPPED");
    assertThat(second).hasMessageContaining("no thread is free to fit the picture");
    chain.close();
    assertThat(get(first).reason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @Test
  void pictureThatIsTakenAsItIsNeedsNoThreadToFit() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CaptionChain chain =
        CaptionChain.builder()
            .fitter(
                fitter(
                    () -> {
                      never.countDown();
                      return CountingFitter.of(5);
                    }))
            .rung(Rung.builder("a", "typea", ScriptedCaptioner.model(answers("A cat"))).build())
            .build();
    chains.add(chain);

    chain.caption(request().build());

    assertThat(never.getCount()).isOne();
  }

  private CaptionChain fitting(Supplier<ImageData> work) {
    return chain(new SystemTime(), work);
  }

  private CaptionChain impatient(Supplier<ImageData> work) {
    Time time =
        new Time() {
          @Override
          public long nanos() {
            return System.nanoTime();
          }

          @Override
          public boolean await(CompletableFuture<?> event, Duration atMost) {
            CompletableFuture.anyOf(event, timeIsUp).exceptionally(failure -> null).join();
            return event.isDone();
          }
        };
    return chain(time, work);
  }

  private CaptionChain chain(Time time, Supplier<ImageData> work) {
    CaptionChain chain =
        CaptionChain.builder()
            .time(time)
            .fitter(fitter(work))
            .rung(Rung.builder("a", "typea", captioner).build())
            .build();
    chains.add(chain);
    return chain;
  }

  private ImageFitter fitter(Supplier<ImageData> work) {
    return new ImageFitter() {
      @Override
      public ImageData fit(ImageData picture, Capabilities capabilities) {
        fitting.set(Thread.currentThread());
        return work.get();
      }

      @Override
      public ImageData smaller(ImageData picture, Capabilities capabilities) {
        throw new AssertionError("nobody named a limit");
      }
    };
  }

  private ImageData decodeDeaf() {
    decoding.complete(null);
    awaitRelease();
    back.countDown();
    return CountingFitter.of(5);
  }

  private ImageData waitUntilInterrupted() {
    asked.countDown();
    try {
      release.await();
      return CountingFitter.of(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, "interrupted while waiting for memory", e);
    } finally {
      back.countDown();
    }
  }

  private ImageData inMemory(Supplier<ImageData> decode) {
    try {
      return gate.during(
          ALL,
          () -> {
            admitted.incrementAndGet();
            return decode.get();
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, "interrupted while waiting for memory", e);
    }
  }

  private static ImageData jpeg() throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", bytes);
    return ImageData.of(bytes.toByteArray(), ImageFormat.JPEG, 64, 48);
  }
}
