package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.InvalidSettingsException;
import dev.cutline.Reason;
import dev.cutline.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RotatingKeyTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<String> tried = new ArrayList<>();

  @Test
  void repeatsARefusedCallOnceWithTheKeyThatIsThereNow() {
    RotatingKey key = key(() -> "new");

    assertThat(key.call(request(), this::takesNew)).isEqualTo("taken");
    assertThat(key.call(request(), this::takesNew)).isEqualTo("taken");

    assertThat(tried).containsExactly("old", "new", "new");
    assertThat(asked).hasValue(1);
  }

  @Test
  void repeatsNoMoreThanOnce() {
    AtomicInteger number = new AtomicInteger();
    RotatingKey key = key(() -> "wrong-" + number.incrementAndGet());

    refused(key);

    assertThat(tried).containsExactly("old", "wrong-1");
  }

  @Test
  void repeatsNothingThatFailedForAnotherReason() {
    RotatingKey key = key(() -> "new");

    CaptionException e =
        catchThrowableOfType(
            CaptionException.class,
            () ->
                key.call(
                    request(),
                    secret -> {
                      throw new CaptionException(Reason.RATE_LIMITED, "later");
                    }));

    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(asked).hasValue(0);
  }

  @Test
  void leavesACallRefusedWhereThereIsNoOtherKey() {
    for (Supplier<@Nullable String> source :
        List.<Supplier<@Nullable String>>of(() -> "old", () -> " old\n", () -> " ", () -> null)) {
      tried.clear();
      refused(key(source));
      assertThat(tried).containsExactly("old");
    }
    tried.clear();
    refused(new RotatingKey(Secret.of("old")));
    refused(new RotatingKey(null));
    assertThat(tried).containsExactly("old", "none");
  }

  @Test
  void leavesASourceAloneForAWhileThatHadNothingNew() {
    String[] now = {"old"};
    RotatingKey key = key(() -> now[0]);
    refused(key);
    now[0] = "new";
    nanos.addAndGet(RotatingKey.REST.toNanos() - 1);
    refused(key);
    assertThat(asked).hasValue(1);

    nanos.addAndGet(1);

    assertThat(key.call(request(), this::takesNew)).isEqualTo("taken");
    assertThat(asked).hasValue(2);
  }

  @Test
  void asksAtOnceAgainAfterAKeyThatWasNew() {
    AtomicInteger number = new AtomicInteger();
    RotatingKey key = key(() -> number.incrementAndGet() == 1 ? "wrong" : "new");

    refused(key);

    assertThat(key.call(request(), this::takesNew)).isEqualTo("taken");
    assertThat(tried).containsExactly("old", "wrong", "wrong", "new");
  }

  @Test
  void saysThatTheSourceFailedAndStaysRefused() {
    InvalidSettingsException gone = new InvalidSettingsException("the secret is gone");

    CaptionException e =
        refused(
            key(
                () -> {
                  throw gone;
                }));

    assertThat(e).hasMessage("wrong key").hasSuppressedException(gone);
  }

  @Test
  void asksOnceForAllThatAreRefusedAtATime() throws Exception {
    int calls = 20;
    CountDownLatch refused = new CountDownLatch(calls);
    RotatingKey key =
        key(
            () -> {
              await(refused);
              return "new";
            });
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      answers.add(
          inAThread(
              () ->
                  key.call(
                      request(),
                      secret -> {
                        if (secret.reveal().equals("new")) {
                          return "taken";
                        }
                        refused.countDown();
                        throw new CaptionException(Reason.UNAUTHORIZED, "wrong key");
                      })));
    }

    for (CompletableFuture<String> answer : answers) {
      assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("taken");
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void waitsForTheSourceNoLongerThanTheDeadline() {
    CountDownLatch never = new CountDownLatch(1);
    RotatingKey key = stuck(never);
    try {
      CaptionRequest hasty = builder().deadline(Deadline.after(Duration.ofMillis(50))).build();

      assertThat(refused(key, hasty)).hasMessage("wrong key");
    } finally {
      never.countDown();
    }
  }

  @Test
  void waitsForTheSourceNoLongerThanItIsWanted() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    RotatingKey key = stuck(never);
    try {
      Cancellation cancellation = new Cancellation();
      CaptionRequest request = builder().cancellation(cancellation).build();
      CompletableFuture<CaptionException> failure = inAThread(() -> refused(key, request));

      cancellation.cancel();

      assertThat(failure.get(60, TimeUnit.SECONDS)).hasMessage("wrong key");
    } finally {
      never.countDown();
    }
  }

  @Test
  void endsOnAnInterruptAndKeepsTheStatus() {
    CountDownLatch never = new CountDownLatch(1);
    RotatingKey key = stuck(never);
    try {
      Thread.currentThread().interrupt();
      assertThat(refused(key)).hasMessage("wrong key");
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      never.countDown();
    }
  }

  @Test
  void aKeyThatComesTooLateForOneCallServesTheNext() {
    CountDownLatch slow = new CountDownLatch(1);
    RotatingKey key =
        key(
            () -> {
              await(slow);
              return "new";
            });
    refused(key, builder().deadline(Deadline.after(Duration.ZERO)).build());
    slow.countDown();

    assertThat(key.call(request(), this::takesNew)).isEqualTo("taken");
    assertThat(asked).hasValue(1);
  }

  @Test
  void strikesOutBothTheKeyAndTheOneBeforeIt() {
    RotatingKey key = key(() -> "new");
    assertThat(key.strikeOut("old, new")).isEqualTo("***, new");

    key.call(request(), this::takesNew);

    assertThat(key.strikeOut("old, new")).isEqualTo("***, ***");
    assertThat(new RotatingKey(null).strikeOut("old")).isEqualTo("old");
  }

  private RotatingKey key(Supplier<@Nullable String> source) {
    return new RotatingKey(
        Secret.of(
            "old",
            () -> {
              asked.incrementAndGet();
              return source.get();
            }),
        nanos::get);
  }

  private RotatingKey stuck(CountDownLatch never) {
    return key(
        () -> {
          await(never);
          return "new";
        });
  }

  private String takesNew(@Nullable Secret key) {
    tried.add(key == null ? "none" : key.reveal());
    if (key != null && key.reveal().equals("new")) {
      return "taken";
    }
    throw new CaptionException(Reason.UNAUTHORIZED, "wrong key");
  }

  private CaptionException refused(RotatingKey key) {
    return refused(key, request());
  }

  private CaptionException refused(RotatingKey key, CaptionRequest request) {
    CaptionException e =
        catchThrowableOfType(CaptionException.class, () -> key.call(request, this::takesNew));
    assertThat(e.reason()).isEqualTo(Reason.UNAUTHORIZED);
    return e;
  }

  private static CaptionRequest request() {
    return builder().build();
  }

  private static CaptionRequest.Builder builder() {
    return CaptionRequest.builder(ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1));
  }

  private static <T> CompletableFuture<T> inAThread(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
