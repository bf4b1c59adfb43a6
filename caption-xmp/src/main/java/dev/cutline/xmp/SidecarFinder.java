package dev.cutline.xmp;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which sidecar belongs to a picture. */
final class SidecarFinder {
  /** What lies beside pictures under their names and has no sidecar of its own. */
  private static final Set<String> COMPANIONS =
      Set.of(
          "xmp", "aae", "json", "txt", "xml", "html", "md", "pp3", "dop", "cos", "thm", "bak",
          "tmp");

  private final SidecarNaming naming;

  SidecarFinder(SidecarNaming naming) {
    this.naming = naming;
  }

  /**
   * A sidecar.
   *
   * @param document what is in it; null if it has to be made
   * @param extension what a new one has to tell of whose it is; null if its name does
   */
  record Sidecar(Path file, @Nullable XmpDocument document, @Nullable String extension) {}

  /**
   * Returns the sidecar of a picture, or the one to be made.
   *
   * @throws SidecarException if it is none, or its name is taken by that of another picture
   * @throws IOException if it cannot be read
   */
  Sidecar of(Path picture) throws IOException {
    for (SidecarNaming each : List.of(naming, naming.other())) {
      for (Path file : List.of(each.of(picture), each.inCapitals(picture))) {
        XmpDocument document = SidecarFile.exists(file) ? read(file, picture) : null;
        if (document != null) {
          return new Sidecar(file, document, null);
        }
      }
    }
    Path file = naming.of(picture);
    boolean namesPicture = isFullName(file, picture);
    if (SidecarFile.exists(file) || !namesPicture && isShared(picture)) {
      throw new SidecarException(
          file,
          "the sidecar "
              + file.getFileName()
              + " would be another picture's as well; let it be called "
              + SidecarNaming.FULL.of(picture).getFileName(),
          null);
    }
    String extension = SidecarNaming.extension(picture.getFileName().toString());
    return new Sidecar(file, null, namesPicture ? null : extension);
  }

  /** Returns what is in a sidecar; null if it is another picture's. */
  private static @Nullable XmpDocument read(Path file, Path picture) throws IOException {
    if (isFullName(file, picture)) {
      return SidecarFile.read(file);
    }
    boolean shared = isShared(picture);
    try {
      XmpDocument document = SidecarFile.read(file);
      String of = document.sidecarForExtension();
      boolean ours =
          of == null
              ? !shared
              : of.equalsIgnoreCase(SidecarNaming.extension(picture.getFileName().toString()));
      return ours ? document : null;
    } catch (SidecarException e) {
      if (shared) {
        return null; // whosever it is, it need not be this picture's
      }
      throw e;
    }
  }

  private static boolean isFullName(Path file, Path picture) {
    String full = SidecarNaming.FULL.of(picture).getFileName().toString();
    return file.getFileName().toString().equalsIgnoreCase(full);
  }

  /**
   * Tells whether another file that may have a sidecar differs from a picture in extension only.
   */
  private static boolean isShared(Path picture) throws IOException {
    String name = picture.getFileName().toString();
    String stem = SidecarNaming.stem(name);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(picture.toAbsolutePath().getParent())) {
      for (Path file : files) {
        String other = file.getFileName().toString();
        String extension = SidecarNaming.extension(other).toLowerCase(Locale.ROOT);
        if (!other.equals(name)
            && SidecarNaming.stem(other).equals(stem)
            && !COMPANIONS.contains(extension)) {
          return true;
        }
      }
      return false;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
