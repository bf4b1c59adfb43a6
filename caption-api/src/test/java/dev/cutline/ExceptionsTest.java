package dev.cutline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExceptionsTest {
  @Test
  void tellsWhatIsKnownOfAFailure() {
    Attempt attempt = Attempt.builder("one", "openai", Outcome.TIMEOUT).build();
    CaptionException e =
        CaptionException.builder(Reason.RATE_LIMITED, "slow down")
            .cause(new IllegalStateException("cause"))
            .retryAfter(Duration.ofSeconds(3))
            .usage(new Usage(1, 2))
            .trail(List.of(attempt))
            .build();

    assertThat(e).hasMessage("slow down").hasRootCauseMessage("cause");
    assertThat(e.reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(3));
    assertThat(e.usage()).isEqualTo(new Usage(1, 2));
    assertThat(e.trail()).containsExactly(attempt);
  }

  @Test
  void goThroughSerialisationWithoutBecomingNull() throws Exception {
    CaptionException caption =
        copy(
            CaptionException.builder(Reason.REFUSED, "no")
                .cause(new IllegalStateException("cause"))
                .retryAfter(Duration.ofSeconds(3))
                .usage(new Usage(1, 2))
                .trail(List.of(Attempt.builder("one", "openai", Outcome.REFUSED).build()))
                .build());
    assertThat(caption).hasMessage("no").hasRootCauseMessage("cause");
    assertThat(caption.reason()).isEqualTo(Reason.REFUSED);
    assertThat(caption.retryAfter()).isNotNull();
    assertThat(caption.usage()).isEqualTo(Usage.NONE);
    assertThat(caption.trail()).isEmpty();

    ImageRejectedException rejected =
        copy(new ImageRejectedException(Rejection.BROKEN, "broken", new RuntimeException("c")));
    assertThat(rejected.rejection()).isEqualTo(Rejection.BROKEN);
    assertThat(rejected.reason()).isEqualTo(Reason.INVALID_IMAGE);

    InvalidSettingsException settings = copy(new InvalidSettingsException(List.of("a", "b")));
    assertThat(settings).hasMessage("a; b");
    assertThat(settings.problems()).containsExactly("a; b");

    RateLimitedException limited =
        copy(
            new RateLimitedException(
                new RateLimiter.Decision(false, 60, 0, Duration.ofMillis(1_500))));
    assertThat(limited).hasMessage("more than 60 uploads in the period; try again in 1 s");
    assertThat(limited.decision().retryAfter()).isEqualTo(Duration.ofMillis(1_500));

    assertThat(copy(new StoreException(StoreException.Kind.FULL, "full")).kind())
        .isEqualTo(StoreException.Kind.FULL);
    assertThat(copy(new VersionConflictException("id", 3)))
        .hasMessage("record id is no longer at version 3");
  }

  @ParameterizedTest
  @EnumSource
  void hasAnOutcomeForEachReason(Reason reason) {
    assertThat(Outcome.of(reason)).hasToString(reason.name());
  }

  @SuppressWarnings("unchecked") // A copy is of the class of the original.
  private static <T extends Throwable> T copy(T original) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
