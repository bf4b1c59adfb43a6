package dev.cutline.testsupport.corpus;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The test pictures: photographs, and codings of them, in every format that Cutline takes. They lie
 * in this artifact beside a manifest (origin and licence of each) and a table of verdicts.
 * Thread-safe; keeps no bytes.
 */
public final class Corpus {
  private Corpus() {}

  /** What must become of a picture. */
  public enum Verdict {
    /** Captioned. */
    ACCEPT,
    /** Captioned right, or refused with a reason that says why; the note tells more. */
    EITHER
  }

  /**
   * One picture.
   *
   * @param path relative to the corpus, with slashes: {@code photos/cat.jpg}
   * @param note why the verdict is what it is; often empty
   */
  public record Picture(String path, Verdict verdict, String note) {
    /** Returns the bytes of the file, read anew at each call. */
    public byte[] bytes() {
      try (InputStream in = open(path)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(path, e);
      }
    }

    /** Returns the name without folders: {@code cat.jpg}. */
    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /** Returns every picture, in the order of the table of verdicts: by folder, then by name. */
  public static List<Picture> pictures() {
    List<Picture> pictures = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open("verdicts.tsv"), StandardCharsets.UTF_8))) {
      lines.readLine(); // the heading
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\t", -1);
        pictures.add(
            new Picture(cells[0], Verdict.valueOf(cells[1].toUpperCase(Locale.ROOT)), cells[2]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("verdicts.tsv", e);
    }
    return List.copyOf(pictures);
  }

  /**
   * Returns the pictures of one folder: {@code photos}, {@code jpeg}, {@code png}, {@code
   * metadata}, …
   */
  public static List<Picture> folder(String folder) {
    List<Picture> pictures =
        pictures().stream().filter(picture -> picture.path().startsWith(folder + "/")).toList();
    if (pictures.isEmpty()) {
      throw new IllegalArgumentException("no such folder in the corpus: " + folder);
    }
    return pictures;
  }

  /**
   * Returns one picture.
   *
   * @throws IllegalArgumentException if there is none at {@code path}
   */
  public static Picture picture(String path) {
    return pictures().stream()
        .filter(picture -> picture.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such picture in the corpus: " + path));
  }

  /** Returns the bytes of the picture at {@code path}. */
  public static byte[] bytes(String path) {
    return picture(path).bytes();
  }

  /**
   * Writes all pictures below {@code folder}, under the paths they have here, and returns the files
   * written.
   */
  public static List<Path> extractTo(Path folder) throws IOException {
    return extractTo(folder, pictures());
  }

  /**
   * Writes {@code pictures} below {@code folder}, under the paths they have here, and returns the
   * files written.
   */
  public static List<Path> extractTo(Path folder, List<Picture> pictures) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Picture picture : pictures) {
      Path file = folder.resolve(picture.path());
      Files.createDirectories(file.getParent());
      files.add(Files.write(file, picture.bytes()));
    }
    return List.copyOf(files);
  }

  private static InputStream open(String path) throws IOException {
    InputStream in = Corpus.class.getResourceAsStream(path);
    if (in == null) {
      throw new IOException("missing from the corpus: " + path);
    }
    return in;
  }
}
