package dev.cutline.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class LoadTest {
  @Test
  void goesOnAskingWhileNobodyAnswers() throws Exception {
    CountDownLatch all = new CountDownLatch(20);

    // With a caller that waited for its answer, this would never end.
    List<Sample> samples =
        Load.open(
            contender(
                () -> {
                  all.countDown();
                  all.await();
                }),
            1_000,
            Duration.ofMillis(20));

    assertThat(samples).hasSize(20).allMatch(Sample::isGood);
    assertThat(samples.get(19).second()).isEqualTo(0.019);
  }

  @Test
  void countsTheTimeFromWhenARequestWasMeantToBegin() throws Exception {
    CountDownLatch last = new CountDownLatch(5);

    List<Sample> samples =
        Load.open(
            contender(
                () -> {
                  last.countDown();
                  last.await();
                }),
            50,
            Duration.ofMillis(100));

    // The first waits for the last, which is meant to begin 80 ms later.
    assertThat(samples.get(0).millis()).isGreaterThanOrEqualTo(80);
  }

  @Test
  void notesWhyThereIsNoCaption() {
    AtomicInteger asked = new AtomicInteger();

    Sample sample =
        Load.once(
            contender(
                () -> {
                  asked.incrementAndGet();
                  throw new IOException("broken off");
                }));

    assertThat(sample.isGood()).isFalse();
    assertThat(sample.failure()).isEqualTo("IOException: broken off");
    assertThat(asked).hasValue(1);
  }

  private static Contender contender(Captions captions) {
    return new Contender() {
      @Override
      public String name() {
        return "anybody";
      }

      @Override
      public void caption() throws Exception {
        captions.ask();
      }

      @Override
      public void close() {
        // holds nothing
      }
    };
  }

  private interface Captions {
    void ask() throws Exception;
  }
}
