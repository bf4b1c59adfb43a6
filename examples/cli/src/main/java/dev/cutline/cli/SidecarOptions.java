package dev.cutline.cli;

import dev.cutline.cli.input.PathExpander;
import dev.cutline.cli.output.Printable;
import dev.cutline.xmp.SidecarNaming;
import dev.cutline.xmp.XmpSidecars;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which pictures get sidecars, and of what kind. */
final class SidecarOptions {
  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description =
          "For --xmp: files, folders (their direct children), globs; - for a list on standard"
              + " input.")
  private List<String> paths = List.of();

  @Option(
      names = {"-0", "--null"},
      description = "For --xmp: names on standard input end in a NUL, as find -print0 writes them.")
  private boolean byNul;

  @Option(
      names = "-r",
      description = "For --xmp: take all pictures below a folder, not only its children.")
  private boolean recursive;

  @Option(
      names = "--sidecar-name",
      paramLabel = "KIND",
      description = {
        "For --xmp: call new sidecars photo.jpg.xmp (full, the default) or photo.xmp (stem).",
        "One of either name that is there is used."
      })
  private @Nullable SidecarNaming naming;

  @Option(
      names = "--replace",
      description = "For --xmp: write over what others wrote, in the languages of the captions.")
  private boolean replace;

  /** Checks the options; throws {@link UsageException} if they do not fit. */
  void check(boolean wanted) {
    if (!wanted && (!paths.isEmpty() || recursive || byNul || replace || naming != null)) {
      throw new UsageException(
          "export: PATH, -r, --null, --sidecar-name and --replace go with --xmp only; see 'cutline export --help'");
    }
    if (wanted && paths.isEmpty()) {
      throw new UsageException(
          "export: --xmp needs the files or folders that the sidecars belong to; see 'cutline"
              + " export --help'");
    }
    if (byNul && !paths.contains("-")) {
      throw new UsageException("export --null: goes with -, for names on standard input");
    }
    String unreadable = PathExpander.unreadableFolder(paths);
    if (unreadable != null) {
      throw new UsageException(
          Printable.of(unreadable) + ": the folder cannot be read; check its permissions");
    }
  }

  PathExpander files(InputStream standardInput) {
    return new PathExpander(paths, recursive, standardInput, byNul);
  }

  XmpSidecars sidecars() {
    return XmpSidecars.builder()
        .naming(Objects.requireNonNullElse(naming, SidecarNaming.FULL))
        .replacing(replace)
        .build();
  }
}
