package dev.cutline.xmp;

import dev.cutline.ImageRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes captions, alt texts and keywords into XMP sidecars beside pictures. Pictures are neither
 * read nor written.
 *
 * <pre>{@code
 * XmpSidecars sidecars = XmpSidecars.ofDefaults();
 * SidecarReport report = sidecars.write(Path.of("cat.jpg"), PictureText.of(record));
 * }</pre>
 *
 * A sidecar that is there is merged into: of {@code dc:description}, {@code
 * Iptc4xmpCore:AltTextAccessibility} and {@code dc:subject} it gets what it lacks, and what was
 * written here before follows what is said now. Words that somebody else wrote, or wrote over ours,
 * stay; texts and keywords of ours that somebody removed stay away. Everything else stays as it is,
 * byte for byte. Writing the same again changes nothing.
 *
 * <p>Safe for several threads, as long as no two write the sidecar of the same picture.
 */
public final class XmpSidecars {
  private final SidecarFinder finder;
  private final boolean replacing;

  private XmpSidecars(Builder builder) {
    this.finder = new SidecarFinder(builder.naming);
    this.replacing = builder.replacing;
  }

  /** Returns sidecars that are called {@code photo.jpg.xmp} and keep the words of others. */
  public static XmpSidecars ofDefaults() {
    return builder().build();
  }

  /** Starts with what {@link #ofDefaults} has. */
  public static Builder builder() {
    return new Builder();
  }

  /** Writes what the record of a picture says; see {@link #write(Path, PictureText)}. */
  public SidecarReport write(Path picture, ImageRecord record) throws IOException {
    return write(picture, PictureText.of(record));
  }

  /**
   * Merges into the sidecar of a picture, or makes one where there is none and something to say.
   *
   * @param picture the picture's file, of which only the name matters
   * @return what was done
   * @throws SidecarException if what is there is no sidecar that can be merged into, or belongs to
   *     another picture; it is left as it is
   * @throws IOException if a file cannot be read or written; what was there is left as it was
   */
  public SidecarReport write(Path picture, PictureText text) throws IOException {
    SidecarFinder.Sidecar sidecar = finder.of(picture);
    Path file = sidecar.file();
    XmpDocument there = sidecar.document();
    if (there == null && text.isEmpty()) {
      return new SidecarReport(file, SidecarReport.Change.UNCHANGED, List.of());
    }
    try {
      XmpDocument before = there == null ? XmpDocument.empty() : there;
      Merge.Result merged = Merge.of(before, text, replacing, sidecar.extension());
      if (merged.text().equals(before.text())) {
        return new SidecarReport(file, SidecarReport.Change.UNCHANGED, merged.kept());
      }
      SidecarFile.replace(file, merged.text());
      return new SidecarReport(file, change(there), merged.kept());
    } catch (MalformedXmpException e) {
      throw SidecarFile.malformed(file, e);
    }
  }

  private static SidecarReport.Change change(@Nullable XmpDocument there) {
    return there == null ? SidecarReport.Change.CREATED : SidecarReport.Change.UPDATED;
  }

  /** Builds {@link XmpSidecars}. Not safe for several threads. */
  public static final class Builder {
    private SidecarNaming naming = SidecarNaming.FULL;
    private boolean replacing;

    private Builder() {}

    /** Sets how new sidecars are called. Default: {@link SidecarNaming#FULL}. */
    public Builder naming(SidecarNaming naming) {
      this.naming = Objects.requireNonNull(naming, "naming");
      return this;
    }

    /**
     * Sets whether our words take the place of somebody else's, in the languages that there are
     * words of ours for. Other languages, other keywords and everything else stay even then.
     * Default: false.
     */
    public Builder replacing(boolean replacing) {
      this.replacing = replacing;
      return this;
    }

    public XmpSidecars build() {
      return new XmpSidecars(this);
    }
  }
}
