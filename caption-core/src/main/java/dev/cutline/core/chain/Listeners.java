package dev.cutline.core.chain;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners. What one throws is logged: none of them stops a request. */
final class Listeners implements ChainListener {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<ChainListener> all;

  Listeners(List<ChainListener> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public OfRequest request(CaptionRequest request) {
    if (all.isEmpty()) {
      return OfRequest.NONE;
    }
    List<OfRequest> each = begin(all, listener -> listener.request(request));
    return new OfRequest() {
      @Override
      public OfCall call(Rung rung) {
        List<OfCall> calls = begin(each, listener -> listener.call(rung));
        return attempt -> tell(calls, listener -> listener.over(attempt));
      }

      @Override
      public void hedged(Rung slow, Rung other) {
        tell(each, listener -> listener.hedged(slow, other));
      }

      @Override
      public void answered(CaptionReply reply) {
        tell(each, listener -> listener.answered(reply));
      }

      @Override
      public void failed(CaptionException failure) {
        tell(each, listener -> listener.failed(failure));
      }
    };
  }

  @Override
  public void breaker(BreakerEvent event) {
    tell(all, listener -> listener.breaker(event));
  }

  private static <L, T> List<T> begin(List<L> listeners, Function<L, T> event) {
    List<T> begun = new ArrayList<>(listeners.size());
    tell(listeners, listener -> begun.add(event.apply(listener)));
    return begun;
  }

  private static <L> void tell(List<L> listeners, Consumer<L> event) {
    for (L listener : listeners) {
      try {
        event.accept(listener);
      } catch (RuntimeException | Error e) {
        log.warn("A listener of the chain failed", e);
      }
    }
  }
}
