package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.lang.ref.WeakReference;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is left of calls once they are over: nothing, however they ended. */
class CallsTest {
  @Test
  void callThatIsAnsweredIsNotKept() {
    assertNotKept(Calls.on(new Direct()), () -> "A cat");
  }

  @Test
  void callThatFailsIsNotKept() {
    assertNotKept(
        Calls.on(new Direct()),
        () -> {
          throw new CaptionException(Reason.INTERNAL, "a failure");
        });
  }

  @Test
  void callThatNoThreadTakesIsNotKept() {
    Calls calls =
        Calls.on(
            new Direct() {
              @Override
              public void execute(Runnable work) {
                throw new RejectedExecutionException("full");
              }
            });

    assertGone(calls, refused(calls));
  }

  private static WeakReference<Call<String>> refused(Calls calls) {
    Call<String> call = call(() -> "A cat");
    assertThatThrownBy(() -> calls.start(call)).isInstanceOf(RejectedExecutionException.class);
    return new WeakReference<>(call);
  }

  private static void assertNotKept(Calls calls, Supplier<String> work) {
    assertGone(calls, started(calls, work));
  }

  private static WeakReference<Call<String>> started(Calls calls, Supplier<String> work) {
    Call<String> call = call(work);
    calls.start(call);
    assertThat(call.answer()).isDone();
    return new WeakReference<>(call);
  }

  private static Call<String> call(Supplier<String> work) {
    return new Call<>(work, new Cancellation(), (reply, failure) -> {});
  }

  /** The collector may need to be asked more than once. */
  private static void assertGone(Calls calls, WeakReference<Call<String>> call) {
    for (int i = 0; i < 100 && call.get() != null; i++) {
      System.gc();
    }
    assertThat(call.get()).isNull();
    assertThat(calls.isClosed()).isFalse();
  }

  /** Runs work on the thread that brings it. */
  private static class Direct extends EndlessExecutor {
    @Override
    public void execute(Runnable work) {
      work.run();
    }
  }
}
