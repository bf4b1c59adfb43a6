package dev.cutline.cli;

import dev.cutline.ImageRecord;
import dev.cutline.StoredObject;
import dev.cutline.cli.output.CsvExport;
import dev.cutline.cli.output.CsvFile;
import dev.cutline.cli.output.HtmlExport;
import dev.cutline.cli.output.Printable;
import dev.cutline.cli.output.Result;
import dev.cutline.core.Cutline;
import dev.cutline.core.Rendition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cutline export}: pictures and captions for other programs. */
@Command(
    name = "export",
    description = {
      "Writes pictures with their captions for others to read.",
      "With --xmp captions, alt texts, tags and labels go into sidecars beside your own files,"
          + " which are known by their content and stay as they are."
    })
final class ExportCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  private final RootCommand root;

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Mixin private SidecarOptions sidecars = new SidecarOptions();

  @Mixin private FilterOptions filter = new FilterOptions();

  ExportCommand(RootCommand root) {
    this.root = root;
  }

  private static final class Target {
    @Option(
        names = "--html",
        paramLabel = "DIR",
        required = true,
        description = "A folder to open in a browser; new, empty, or an earlier export.")
    private @Nullable Path html;

    @Option(
        names = "--csv",
        paramLabel = "FILE",
        required = true,
        description = "A file for spreadsheets; - for standard output.")
    private @Nullable Path csv;

    @Option(
        names = "--xmp",
        required = true,
        description = "Sidecars beside the pictures that PATH names.")
    private boolean xmp;
  }

  @Override
  public Integer call() {
    String owner = root.owner();
    sidecars.check(target.xmp);
    try (Cutline cutline = root.openToRead()) {
      if (target.xmp) {
        return new SidecarExport(root, cutline, filter).run(sidecars);
      }
      Records records =
          Records.of(
              cutline, filter.queries(owner, null), record -> filter.matches(cutline, record));
      if (target.html != null) {
        html(cutline, records, target.html);
      } else if (target.csv != null) {
        csv(records, target.csv);
      }
    }
    return ExitStatus.DONE;
  }

  private void html(Cutline cutline, Records records, Path folder) {
    HtmlExport export = page(folder);
    try (export) {
      while (records.hasNext()) {
        ImageRecord record = records.next();
        var thumbnail = cutline.open(record.owner(), record.id(), Rendition.THUMBNAIL);
        if (thumbnail.isPresent()) {
          try (StoredObject object = thumbnail.get()) {
            export.add(record, object.stream());
          }
        }
      }
    } catch (IOException e) {
      throw stopped(folder, e);
    }
    told(export.total(), export.index());
  }

  private HtmlExport page(Path folder) {
    try {
      return start(folder, at -> HtmlExport.into(at, root.owner(), LocalDate.now(ZoneOffset.UTC)));
    } catch (IllegalArgumentException e) {
      throw new UsageException("export: " + Printable.of(folder.toString()) + " " + e.getMessage());
    }
  }

  private void csv(Records records, Path file) {
    if (file.toString().equals(STANDARD_OUTPUT)) {
      root.screen().resultText(CsvExport.header());
      while (records.hasNext() && !root.screen().isOutputLost()) {
        Result.of(records.next()).forEach(r -> root.screen().resultText(CsvExport.row(r)));
      }
      return;
    }
    try (CsvFile table = start(file, CsvFile::at)) {
      while (records.hasNext()) {
        table.add(records.next());
      }
      told(table.finish(), file);
    } catch (IOException e) {
      throw stopped(file, e);
    }
  }

  private interface Start<T> {
    T at(Path target) throws IOException;
  }

  private static <T> T start(Path target, Start<T> start) {
    try {
      return start.at(target);
    } catch (IOException e) {
      throw new UsageException(
          "export: "
              + Printable.of(target.toString())
              + " cannot be written to ("
              + Unwritable.why(e)
              + "); check the name and its permissions");
    }
  }

  private void told(long total, Path where) {
    root.screen()
        .message(
            total
                + (total == 1 ? " picture in " : " pictures in ")
                + Printable.of(where.toString()));
  }

  private static StoppedException stopped(Path target, IOException e) {
    return new StoppedException(
        "export: "
            + Printable.of(target.toString())
            + " takes no more ("
            + Unwritable.why(e)
            + "); free some space, then export again",
        e);
  }
}
