package dev.cutline.spi;

import dev.cutline.Cancellation;
import dev.cutline.CaptionException;
import dev.cutline.CaptionRequest;
import dev.cutline.Reason;
import dev.cutline.Secret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The key that a captioner calls with, which may be replaced where it comes from while the
 * captioner is in use. A call that ends {@link Reason#UNAUTHORIZED} has its source asked, and is
 * repeated once if that has {@linkplain Secret#renewed another} key by now. However many calls are
 * refused at a time, the source is asked once for all of them; if it had nothing new, it is left
 * alone for ten seconds, because each answer may cost money. Thread-safe.
 */
public final class RotatingKey {
  static final Duration REST = Duration.ofSeconds(10);

  private final LongSupplier nanoClock;
  private @Nullable Secret current;
  private @Nullable Secret previous;
  private @Nullable CompletableFuture<Optional<Secret>> asking;
  private @Nullable Long fruitlessAt;

  /** Starts with a key; null: there is none, and none is looked for. */
  public RotatingKey(@Nullable Secret key) {
    this(key, System::nanoTime);
  }

  RotatingKey(@Nullable Secret key, LongSupplier nanoClock) {
    this.current = key;
    this.nanoClock = nanoClock;
  }

  /**
   * Returns what {@code call} returns with the key, or with the one after it.
   *
   * @param request whose deadline, cancellation and interrupt end the wait for the source; then the
   *     call stays refused
   * @throws CaptionException as the call does; if the source failed, that is suppressed in it
   */
  public <T> T call(CaptionRequest request, Function<@Nullable Secret, T> call) {
    Secret used = current();
    try {
      return call.apply(used);
    } catch (CaptionException e) {
      if (used == null || e.reason() != Reason.UNAUTHORIZED) {
        throw e;
      }
      Secret next = after(used, request, e).orElseThrow(() -> e);
      return call.apply(next);
    }
  }

  /** Returns a text with this key and the one before it struck out: servers repeat them. */
  public synchronized String strikeOut(String text) {
    String clean = current == null ? text : text.replace(current.reveal(), "***");
    return previous == null ? clean : clean.replace(previous.reveal(), "***");
  }

  private synchronized @Nullable Secret current() {
    return current;
  }

  private Optional<Secret> after(Secret used, CaptionRequest request, CaptionException refusal) {
    CompletableFuture<Optional<Secret>> answer;
    synchronized (this) {
      if (!Objects.equals(used, current)) {
        return Optional.ofNullable(current);
      }
      if (asking == null) {
        if (fruitlessAt != null && nanoClock.getAsLong() - fruitlessAt < REST.toNanos()) {
          return Optional.empty();
        }
        asking = ask(used);
      }
      answer = asking.copy();
    }
    Cancellation.Registration registration =
        request.onCancel(() -> answer.complete(Optional.empty()));
    try {
      return answer.get(request.deadline().remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      refusal.addSuppressed(e.getCause());
      return Optional.empty();
    } finally {
      registration.close();
    }
  }

  /** A source may read a file or ask a service, and knows nothing of deadlines. */
  private CompletableFuture<Optional<Secret>> ask(Secret used) {
    CompletableFuture<Optional<Secret>> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                Optional<Secret> found = used.renewed();
                asked(found);
                answer.complete(found);
              } catch (RuntimeException | Error e) { // whoever waits has to know
                asked(Optional.empty());
                answer.completeExceptionally(e);
              }
            },
            "cutline-key");
    thread.setDaemon(true);
    thread.start();
    return answer;
  }

  private synchronized void asked(Optional<Secret> found) {
    asking = null;
    if (found.isPresent()) {
      previous = current;
      current = found.get();
    } else {
      fruitlessAt = nanoClock.getAsLong();
    }
  }
}
