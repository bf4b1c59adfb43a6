package dev.cutline.cli;

import dev.cutline.ImageRejectedException;
import dev.cutline.cli.batch.CaptionJob;
import dev.cutline.cli.input.Input;
import dev.cutline.cli.input.PathExpander;
import dev.cutline.cli.output.JsonLine;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Progress;
import dev.cutline.cli.output.Screen;
import dev.cutline.core.Estimate;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Counts what would be done and estimates what it would take; sends and stores no picture. */
final class DryRun {
  private final Screen screen;
  private final CaptionJob job;
  private Estimate total = Estimate.nothing();
  private long before;
  private long rejected;

  DryRun(Screen screen, CaptionJob job) {
    this.screen = screen;
    this.job = job;
  }

  /** Goes through the files, prints the sum and returns the exit status. */
  int run(PathExpander files, int concurrency) {
    while (files.hasNext()) {
      count(files.next());
    }
    Duration time = total.time().dividedBy(concurrency);
    if (screen.showsResults()) {
      screen.result(sentence(files.skipped(), time));
    } else {
      screen.result(json(files.skipped(), time));
    }
    return rejected == 0 ? ExitStatus.DONE : ExitStatus.SOME_FAILED;
  }

  private void count(Input input) {
    if (input.path().isEmpty()) {
      reject(input, "INVALID_IMAGE: " + input.problem().orElse(""));
      return;
    }
    try {
      Optional<Estimate> estimate = job.estimate(input.path().get());
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

  private String sentence(long skipped, Duration time) {
    return "%s, %s, about %s tokens in and %s out, %s, %s s%s%s%s. Nothing was sent."
        .formatted(
            count(total.images(), "picture"),
            count(total.calls(), "call"),
            total.inputTokens(),
            total.outputTokens(),
            total.isCostKnown()
                ? Progress.dollars(total.costUsd())
                : "cost unknown (set price.input and price.output of the provider)",
            time.toSeconds(),
            before == 0 ? "" : "; " + before + " have their captions already",
            rejected == 0 ? "" : "; " + rejected + " would be rejected",
            skipped == 0 ? "" : "; " + count(skipped, "file") + " skipped (no pictures)");
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  private String json(long skipped, Duration time) {
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
          json.writeNumberField("seconds", time.toMillis() / 1000.0);
        });
  }
}
