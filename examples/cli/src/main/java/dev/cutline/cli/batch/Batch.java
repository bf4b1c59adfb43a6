package dev.cutline.cli.batch;

import dev.cutline.ImageRecord;
import dev.cutline.cli.input.Input;
import dev.cutline.core.Recaption;
import dev.cutline.core.RecaptionSelection.Chosen;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;

/** Captions many pictures and tells of each in the order of the input. */
public final class Batch {
  /**
   * Enough for a picture at work on this machine; answers over the network may have to be
   * abandoned.
   */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final CaptionJob job;
  private final Reporter reporter;
  private final int concurrency;
  private final Interruption interruption;

  /**
   * Makes a batch.
   *
   * @param concurrency pictures at work at once, at least 1
   */
  public Batch(CaptionJob job, Reporter reporter, int concurrency, Interruption interruption) {
    this.job = job;
    this.reporter = reporter;
    this.concurrency = concurrency;
    this.interruption = interruption;
  }

  /** Captions files. */
  public void files(Iterator<Input> files) {
    run(files, job::file, reporter::accept);
  }

  /** Captions stored pictures again. */
  public void stored(Iterator<ImageRecord> records, Recaption options) {
    run(records, record -> job.stored(record, options), reporter::acceptStored);
  }

  /** Captions stored pictures again, each in the languages that are chosen. */
  public void chosen(Iterator<Chosen> chosen, Recaption options) {
    run(chosen, each -> job.stored(each.record(), each.asked(options)), reporter::acceptStored);
  }

  private <T> void run(Iterator<T> items, Function<T, Outcome> work, Consumer<Outcome> sink) {
    new OrderedBatch<T, Outcome>(concurrency, GRACE, interruption)
        .run(items, work, sink, outcome -> reporter.stop().isPresent());
  }
}
