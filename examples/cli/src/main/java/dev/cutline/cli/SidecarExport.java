package dev.cutline.cli;

import dev.cutline.CaptionState;
import dev.cutline.ImageRecord;
import dev.cutline.RecordQuery;
import dev.cutline.cli.batch.FileHash;
import dev.cutline.cli.batch.Interruption;
import dev.cutline.cli.input.Input;
import dev.cutline.cli.input.PathExpander;
import dev.cutline.cli.output.Printable;
import dev.cutline.core.Cutline;
import dev.cutline.xmp.PictureText;
import dev.cutline.xmp.SidecarException;
import dev.cutline.xmp.SidecarReport;
import dev.cutline.xmp.XmpSidecars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes sidecars beside the user's own files. A file is known by its content: what is stored of it
 * is found by its SHA-256, wherever it lies and whatever it is called by now.
 */
final class SidecarExport {
  /** A disk with less than this takes no sidecar any more. */
  private static final long ROOM = 1 << 16;

  private final RootCommand root;
  private final Cutline cutline;
  private final FilterOptions filter;
  private final List<RecordQuery> queries;
  private final Map<SidecarReport.Change, Long> changes = new EnumMap<>(SidecarReport.Change.class);
  private long unknown;
  private long leftOut;
  private long keeping;
  private long failed;

  SidecarExport(RootCommand root, Cutline cutline, FilterOptions filter) {
    this.root = root;
    this.cutline = cutline;
    this.filter = filter;
    this.queries = filter.queries(root.owner(), null);
  }

  /** Writes them, tells what became of them, and returns the exit status. */
  int run(SidecarOptions options) {
    Interruption interruption = root.surroundings().interruption();
    interruption.heed();
    XmpSidecars sidecars = options.sidecars();
    try (PathExpander files = options.files(root.surroundings().in())) {
      while (!interruption.isRequested() && files.hasNext()) {
        add(files.next(), sidecars);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    root.screen().message(summary());
    if (interruption.isRequested()) {
      root.screen().message("cutline: interrupted; the same command goes on");
      return ExitStatus.INTERRUPTED;
    }
    return failed > 0 ? ExitStatus.SOME_FAILED : ExitStatus.DONE;
  }

  private void add(Input input, XmpSidecars sidecars) {
    Path picture = input.path().orElse(null);
    if (picture == null) {
      fail(input.name(), input.problem().orElse(""));
      return;
    }
    try {
      ImageRecord record = record(input.name(), FileHash.sha256(picture));
      if (record != null) {
        count(input.name(), sidecars.write(picture, record));
      }
    } catch (UncheckedIOException e) {
      fail(input.name(), PathExpander.whyUnreadable(e.getCause()));
    } catch (SidecarException e) {
      fail(input.name(), String.valueOf(e.getMessage()));
    } catch (IOException e) {
      if (isFull(picture)) {
        throw new StoppedException(
            "export: there is no room for the sidecar of "
                + Printable.of(input.name())
                + "; free some space, then export again",
            e);
      }
      fail(
          input.name(),
          "its sidecar cannot be written (" + Unwritable.why(e) + "); check the permissions");
    }
  }

  /** Returns the record to be written down; null, and told, if there is none. */
  private @Nullable ImageRecord record(String name, String sha256) {
    ImageRecord record = best(queries, each -> filter.matches(cutline, each), sha256);
    if (record != null) {
      return record;
    }
    RecordQuery any = RecordQuery.builder(root.owner()).build();
    if (best(List.of(any), other -> true, sha256) != null) {
      leftOut++;
    } else {
      unknown++;
      tell(name, "there is no caption of it; caption it first");
    }
    return null;
  }

  /**
   * Returns the newest record of a content that a model or a person has captioned, or else the
   * newest that says anything.
   */
  private @Nullable ImageRecord best(
      List<RecordQuery> among, Predicate<ImageRecord> matches, String sha256) {
    List<RecordQuery> sameContent =
        among.stream().map(query -> query.toBuilder().sha256(sha256).build()).toList();
    Records records = Records.of(cutline, sameContent, matches);
    ImageRecord best = null;
    while (records.hasNext()) {
      ImageRecord record = records.next();
      if (record.captionState() == CaptionState.CAPTIONED) {
        return record;
      }
      if (best == null && !PictureText.of(record).isEmpty()) {
        best = record;
      }
    }
    return best;
  }

  private void count(String name, SidecarReport report) {
    changes.merge(report.change(), 1L, Long::sum);
    if (!report.kept().isEmpty()) {
      keeping++;
      if (root.isVerbose()) {
        tell(name, "left to others: " + String.join(", ", report.kept()));
      }
    }
  }

  private void fail(String name, String problem) {
    failed++;
    tell(name, problem);
  }

  private void tell(String name, String what) {
    root.screen().message(Printable.name(name) + ": " + Printable.line(what));
  }

  private static boolean isFull(Path picture) {
    try {
      Path folder = picture.toAbsolutePath().getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() < ROOM;
    } catch (IOException e) {
      return false;
    }
  }

  private String summary() {
    long total = changes.values().stream().mapToLong(Long::longValue).sum();
    List<String> parts = new ArrayList<>();
    changes.forEach((change, n) -> parts.add(n + " " + change.name().toLowerCase(Locale.ROOT)));
    addTo(parts, unknown, "without caption");
    addTo(parts, leftOut, "left out");
    addTo(parts, failed, "failed");
    if (keeping > 0) {
      parts.add(keeping + " with words of others that were kept (--replace writes over them)");
    }
    String counts = parts.isEmpty() ? "" : ": " + String.join(", ", parts);
    return total + (total == 1 ? " sidecar" : " sidecars") + counts;
  }

  private static void addTo(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
