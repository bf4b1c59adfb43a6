package dev.cutline.core.chain;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.Outcome;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes the lines of the trail for one rung, with what each attempt cost. */
final class Attempts {
  private final Rung rung;
  private final @Nullable Picture sent;

  /** Writes lines of a rung that nothing was sent to. */
  Attempts(Rung rung) {
    this(rung, null);
  }

  /** Writes lines of calls that sent a picture. */
  Attempts(Rung rung, @Nullable Picture sent) {
    this.rung = rung;
    this.sent = sent;
  }

  Attempt cancelled(Duration elapsed) {
    return line(Outcome.CANCELLED)
        .elapsed(elapsed)
        .costUsd(rung.prices().cost(Usage.NONE, 0, elapsed))
        .build();
  }

  /**
   * Returns the line of an answer that somebody else paid for: it sent nothing and cost nothing.
   *
   * @param how it was come by
   */
  Attempt reused(CaptionReply reply, String how) {
    return line(Outcome.OK).model(reply.model()).message(how).build();
  }

  Attempt answered(CaptionReply reply, @Nullable String note, Duration elapsed) {
    return line(Outcome.OK)
        .model(reply.model())
        .elapsed(elapsed)
        .usage(reply.usage())
        .costUsd(rung.prices().cost(reply.usage(), 1, elapsed))
        .message(note)
        .build();
  }

  /** Returns the line of an answer that broke the contract. */
  Attempt unusable(CaptionReply reply, CaptionException failure, Duration elapsed) {
    return line(Outcome.of(failure.reason()))
        .model(reply.model())
        .elapsed(elapsed)
        .usage(reply.usage())
        .costUsd(rung.prices().cost(reply.usage(), 1, elapsed))
        .message(Trail.oneLine(failure.getMessage()))
        .build();
  }

  Attempt failed(CaptionException failure, Duration elapsed) {
    return line(Outcome.of(failure.reason()))
        .elapsed(elapsed)
        .usage(failure.usage())
        .costUsd(cost(failure, elapsed))
        .message(Trail.oneLine(failure.getMessage()))
        .build();
  }

  /** Returns the line of a picture that this rung could not even be sent. */
  Attempt unsent(CaptionException failure) {
    return line(Outcome.of(failure.reason())).message(Trail.oneLine(failure.getMessage())).build();
  }

  private BigDecimal cost(CaptionException failure, Duration elapsed) {
    // Who refuses or answers nonsense has looked at the picture, and charges for it.
    boolean looked =
        failure.reason() == Reason.REFUSED || failure.reason() == Reason.MALFORMED_REPLY;
    return rung.prices().cost(failure.usage(), looked ? 1 : 0, elapsed);
  }

  private Attempt.Builder line(Outcome outcome) {
    return Attempt.builder(rung.name(), rung.type(), outcome)
        .sentSha256(sent == null ? null : sent.sha256());
  }
}
