package dev.cutline.cli;

import dev.cutline.ImageRejectedException;
import dev.cutline.cli.batch.CaptionJob;
import dev.cutline.cli.input.Input;
import dev.cutline.cli.input.PathExpander;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Progress;
import dev.cutline.cli.output.Screen;
import dev.cutline.core.Cutline;
import dev.cutline.core.Estimate;
import dev.cutline.core.Recaption;
import dev.cutline.core.RecaptionSelection;
import dev.cutline.core.RungHistory;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Counts what would be done and estimates what it would take; sends and stores no picture. */
final class DryRun {
  private final Screen screen;
  private final Map<String, RungHistory> history;
  private final int concurrency;
  private Estimate total = Estimate.nothing();
  private long before;
  private long rejected;
  private long skipped;

  /**
   * Makes one.
   *
   * @param history tells how long the rungs usually take
   * @param concurrency pictures at work at once
   */
  DryRun(Screen screen, Map<String, RungHistory> history, int concurrency) {
    this.screen = screen;
    this.history = history;
    this.concurrency = concurrency;
  }

  /** Goes through files, prints the sum and returns the exit status. */
  int files(PathExpander files, CaptionJob job) {
    while (files.hasNext()) {
      count(files.next(), job);
    }
    skipped = files.skipped();
    return print();
  }

  /** Goes through stored pictures, prints the sum and returns the exit status. */
  int stored(Cutline cutline, Iterator<RecaptionSelection.Chosen> chosen, Recaption options) {
    while (chosen.hasNext()) {
      RecaptionSelection.Chosen each = chosen.next();
      total = total.plus(cutline.estimate(each.record(), each.asked(options), history));
    }
    return print();
  }

  private int print() {
    screen.result(screen.showsResults() ? sentence() : json());
    return rejected == 0 ? ExitStatus.DONE : ExitStatus.SOME_FAILED;
  }

  private void count(Input input, CaptionJob job) {
    if (input.path().isEmpty()) {
      reject(input, "INVALID_IMAGE: " + input.problem().orElse(""));
      return;
    }
    try {
      Optional<Estimate> estimate = job.estimate(input.path().get(), history);
      if (estimate.isPresent()) {
        total = total.plus(estimate.get());
      } else {
        before++;
      }
    } catch (ImageRejectedException e) {
      reject(input, e.reason() + ": " + e.getMessage());
    } catch (UncheckedIOException e) {
      reject(input, "INVALID_IMAGE: " + PathExpander.whyUnreadable(e.getCause()));
    }
  }

  private void reject(Input input, String why) {
    rejected++;
    screen.message(Printable.name(input.name()) + ": " + Printable.line(why));
  }

  private String sentence() {
    return "%s, %s, about %s tokens in and %s out, %s, %s%s%s%s. Nothing was sent."
        .formatted(
            count(total.images(), "picture"),
            count(total.calls(), "call"),
            total.inputTokens(),
            total.outputTokens(),
            cost(),
            time(total.time(concurrency)),
            before == 0 ? "" : "; " + before + " have their captions already",
            rejected == 0 ? "" : "; " + rejected + " would be rejected",
            skipped == 0 ? "" : "; " + count(skipped, "file") + " skipped (no pictures)");
  }

  private String cost() {
    if (!total.isCostKnown()) {
      return "cost unknown (set price.input and price.output of the provider)";
    }
    return Progress.dollars(total.costUsd())
        + total.listedOn().map(day -> " (" + PriceNote.of(day) + ")").orElse("");
  }

  private static String time(Duration time) {
    if (time.compareTo(Duration.ofMinutes(2)) < 0) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
    return time.toHours() == 0
        ? time.toMinutes() + " min"
        : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private String json() {
    return JsonLine.write(
        json -> {
          json.writeNumberField("pictures", total.images());
          json.writeNumberField("before", before);
          json.writeNumberField("rejected", rejected);
          json.writeNumberField("skipped", skipped);
          json.writeNumberField("calls", total.calls());
          json.writeNumberField("inputTokens", total.inputTokens());
          json.writeNumberField("outputTokens", total.outputTokens());
          if (total.isCostKnown()) {
            json.writeNumberField("costUsd", total.costUsd());
          } else {
            json.writeNullField("costUsd");
          }
          JsonLine.text(json, "pricesListedOn", total.listedOn().map(Object::toString));
          json.writeNumberField("seconds", total.time(concurrency).toMillis() / 1000.0);
        });
  }
}
