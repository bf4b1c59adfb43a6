package dev.cutline.cli.output;

import dev.cutline.ImageRecord;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A folder that shows pictures with their captions in any browser, without a server: {@code
 * index.html}, further pages where there are many pictures, and the thumbnails. Holds one page in
 * memory. Not safe for several threads.
 */
public final class HtmlExport implements Closeable {
  private static final int PAGE_SIZE = 200;
  private static final String INDEX = "index.html";
  private static final Pattern PAGE = Pattern.compile("page-\\d+\\.html");
  private static final Pattern PICTURE = Pattern.compile("[0-9a-f-]{36}\\.jpg");

  private final Path folder;
  private final Path pictures;
  private final String owner;
  private final LocalDate today;
  private final HtmlPage page = new HtmlPage();
  private final StringBuilder cards = new StringBuilder();
  private int onPage;
  private int pages;
  private long total;

  private HtmlExport(Path folder, String owner, LocalDate today) {
    this.folder = folder;
    this.pictures = folder.resolve("pictures");
    this.owner = owner;
    this.today = today;
  }

  /**
   * Starts an export into a folder that is new, empty, or holds an earlier export, which is
   * replaced.
   *
   * @throws IllegalArgumentException if there is something else in it
   * @throws IOException if it cannot be written to
   */
  public static HtmlExport into(Path folder, String owner, LocalDate today) throws IOException {
    HtmlExport export = new HtmlExport(folder, owner, today);
    if (Files.exists(folder)) {
      export.checkOurs();
      export.clear();
    }
    Files.createDirectories(export.pictures);
    return export;
  }

  /** Adds a picture; the thumbnail is a JPEG, read to its end and left open. */
  public void add(ImageRecord record, InputStream thumbnail) throws IOException {
    if (onPage == PAGE_SIZE) {
      writePage(true);
    }
    String name = record.id() + ".jpg";
    Files.copy(thumbnail, pictures.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    cards.append(page.card(record, "pictures/" + name));
    onPage++;
    total++;
  }

  /** Returns how many pictures were added. */
  public long total() {
    return total;
  }

  /** Returns the page to open in a browser. */
  public Path index() {
    return folder.resolve(INDEX);
  }

  /** Writes the last page. */
  @Override
  public void close() throws IOException {
    writePage(false);
  }

  private void writePage(boolean more) throws IOException {
    pages++;
    String previous = pages == 1 ? null : fileOf(pages - 1);
    String next = more ? fileOf(pages + 1) : null;
    String html = page.document(owner, summary(more), cards.toString(), previous, next, today);
    Files.writeString(folder.resolve(fileOf(pages)), html);
    cards.setLength(0);
    onPage = 0;
  }

  private String summary(boolean more) {
    if (pages == 1 && !more) {
      return total == 1 ? "1 picture" : total + " pictures";
    }
    return "Pictures " + (total - onPage + 1) + " to " + total;
  }

  private static String fileOf(int number) {
    return number == 1 ? INDEX : "page-" + number + ".html";
  }

  private void checkOurs() throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        if (!isOurs(child)) {
          throw new IllegalArgumentException(
              "holds "
                  + Printable.of(child.getFileName().toString())
                  + ", which is no export; name a new folder");
        }
      }
    }
  }

  private boolean isOurs(Path child) throws IOException {
    String name = child.getFileName().toString();
    if (name.equals(INDEX) || PAGE.matcher(name).matches()) {
      return Files.readString(child).contains(HtmlPage.GENERATOR);
    }
    return child.equals(pictures) && Files.isDirectory(child);
  }

  private void clear() throws IOException {
    deleteMatching(folder, PAGE);
    Files.deleteIfExists(index());
    if (Files.isDirectory(pictures)) {
      deleteMatching(pictures, PICTURE);
    }
  }

  private static void deleteMatching(Path folder, Pattern names) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        if (names.matcher(child.getFileName().toString()).matches()) {
          Files.delete(child);
        }
      }
    }
  }
}
