package dev.cutline.micrometer;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.core.chain.ChainListener;
import dev.cutline.core.chain.Rung;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One request. At its end meters come before the span, so that they are not lost where a handler of
 * spans throws. Used by the thread of the request, but for calls.
 */
final class RequestWatch implements ChainListener.OfRequest {
  private final Clock clock;
  private final RequestMeters meters;
  private final CallMeters callMeters;
  private final RequestSpan span;
  private final long start;
  private final List<Hedge> hedges = new ArrayList<>(0);

  RequestWatch(Clock clock, RequestMeters meters, CallMeters callMeters, RequestSpan span) {
    this.clock = clock;
    this.meters = meters;
    this.callMeters = callMeters;
    this.span = span;
    this.start = clock.monotonicTime();
  }

  @Override
  public ChainListener.OfCall call(Rung rung) {
    AttemptSpan attemptSpan = span.attempt(rung);
    return attempt -> {
      callMeters.over(rung, attempt);
      attemptSpan.over(attempt);
    };
  }

  @Override
  public void hedged(Rung slow, Rung other) {
    hedges.add(new Hedge(slow, other));
  }

  @Override
  public void answered(CaptionReply reply) {
    meters.answered(reply, elapsed());
    hedgesEnd(reply.rung().orElse(Names.NONE));
    span.answered(reply);
  }

  @Override
  public void failed(CaptionException failure) {
    meters.failed(failure, elapsed());
    hedgesEnd(Names.NONE);
    span.failed(failure);
  }

  private void hedgesEnd(String answering) {
    for (Hedge hedge : hedges) {
      meters.hedged(
          hedge.slow(), hedge.other(), HedgeResult.of(hedge.slow(), hedge.other(), answering));
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(clock.monotonicTime() - start);
  }

  private record Hedge(Rung slow, Rung other) {}
}
