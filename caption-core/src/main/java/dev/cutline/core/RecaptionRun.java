package dev.cutline.core;

import dev.cutline.ImageRecord;
import dev.cutline.Reason;
import dev.cutline.core.RecaptionSelection.Chosen;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Captions what is chosen, some at once, and hands it out in its order as it is asked for: who asks
 * for no more begins no more. Used by one thread, and closed by it.
 */
final class RecaptionRun implements Iterator<ImageRecord>, AutoCloseable {
  private final Recaptioning recaptioning;
  private final Iterator<Chosen> chosen;
  private final Recaption options;
  private final int concurrency;
  private final ExecutorService workers;
  private final Deque<Future<Optional<Chosen>>> underWay = new ArrayDeque<>();
  private Optional<Chosen> next = Optional.empty();
  private boolean broke;

  RecaptionRun(
      Recaptioning recaptioning, Iterator<Chosen> chosen, Recaption options, int concurrency) {
    this.recaptioning = recaptioning;
    this.chosen = chosen;
    this.options = options;
    this.concurrency = concurrency;
    this.workers = Executors.newFixedThreadPool(concurrency);
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty()) {
      while (!broke && underWay.size() < concurrency && chosen.hasNext()) {
        underWay.add(workers.submit(work(chosen.next())));
      }
      if (underWay.isEmpty()) {
        return false;
      }
      next = await(underWay.remove());
      broke |= next.filter(RecaptionRun::isBroke).isPresent();
    }
    return true;
  }

  @Override
  public ImageRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ImageRecord record = next.orElseThrow().record();
    next = Optional.empty();
    return record;
  }

  /** Nothing is there of a picture that was deleted meanwhile. */
  private Callable<Optional<Chosen>> work(Chosen each) {
    Recaption asked = each.asked(options);
    return () -> {
      try {
        ImageRecord now = recaptioning.run(each.record().owner(), each.record().id(), asked);
        return Optional.of(new Chosen(now, each.languages(), each.styles()));
      } catch (NotFoundException e) {
        return Optional.empty();
      }
    };
  }

  private static boolean isBroke(Chosen done) {
    return done.languages().stream()
        .flatMap(language -> done.record().run(language).stream())
        .anyMatch(run -> run.failure().filter(Reason.BUDGET_SPENT::equals).isPresent());
  }

  private static Optional<Chosen> await(Future<Optional<Chosen>> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for captions", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Begins nothing more, and interrupts what is under way. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
