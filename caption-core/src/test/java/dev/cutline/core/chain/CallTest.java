package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTest {
  /** Its thread may be at something else by then. */
  @Test
  void abandoningACallWhoseWorkIsBackInterruptsNobody() {
    List<Call<String>> self = new ArrayList<>();
    List<Boolean> interrupted = new ArrayList<>();
    Call<String> call =
        new Call<>(
            () -> "A cat",
            new Cancellation(),
            (reply, failure) -> {
              self.get(0).abandon(new CaptionException(Reason.TIMEOUT, "too late"));
              interrupted.add(Thread.interrupted());
            });
    self.add(call);

    call.run();

    assertThat(interrupted).containsExactly(false);
    assertThat(call.answer()).isCompletedExceptionally();
  }
}
