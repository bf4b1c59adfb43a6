package dev.cutline;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What a captioner takes and gives. The pipeline fits each picture to it before the call. */
public final class Capabilities {
  private final Set<ImageFormat> formats;
  private final long maxBytes;
  private final int maxLongEdge;
  private final long maxPixels;
  private final Set<String> languages;
  private final Set<CaptionStyle> styles;
  private final boolean local;
  private final boolean model;
  private final boolean punctual;

  private Capabilities(Builder builder) {
    this.formats = Collections.unmodifiableSet(EnumSet.copyOf(builder.formats));
    this.maxBytes = builder.maxBytes;
    this.maxLongEdge = builder.maxLongEdge;
    this.maxPixels = builder.maxPixels;
    this.languages = builder.languages;
    this.styles = Collections.unmodifiableSet(EnumSet.copyOf(builder.styles));
    this.local = builder.local;
    this.model = builder.model;
    this.punctual = builder.punctual;
  }

  /**
   * Starts with: JPEG and PNG, no limits, any language, every style, remote, a model, not punctual.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the formats it takes; never empty. */
  public Set<ImageFormat> formats() {
    return formats;
  }

  /** Returns the most bytes of one picture, before any base64. */
  public long maxBytes() {
    return maxBytes;
  }

  /**
   * Returns the longest side in pixels that is of use to it; larger pictures are rendered smaller
   * first.
   */
  public int maxLongEdge() {
    return maxLongEdge;
  }

  /** Returns the most pixels of one picture. */
  public long maxPixels() {
    return maxPixels;
  }

  /** Returns the BCP 47 primary languages it answers in; empty: any. */
  public Set<String> languages() {
    return languages;
  }

  /** Returns the styles it can write; never empty. */
  public Set<CaptionStyle> styles() {
    return styles;
  }

  /** Tells whether pictures stay on this machine. */
  public boolean isLocal() {
    return local;
  }

  /** Tells whether a model looks at the picture; otherwise a caption is a description by rule. */
  public boolean isModel() {
    return model;
  }

  /**
   * Tells whether it always comes back by the request's deadline, and soon after the request is
   * cancelled or the thread interrupted, whatever its server does. A chain then asks it on the
   * thread that waits for the answer, and spares another.
   */
  public boolean isPunctual() {
    return punctual;
  }

  /** Tells whether it answers in the language of this BCP 47 tag, regions and scripts ignored. */
  public boolean speaks(String languageTag) {
    return languages.isEmpty() || languages.contains(LanguageTags.primary(languageTag));
  }

  /** Tells whether it takes a picture as it is: format, bytes, sides and pixels. */
  public boolean takes(ImageData picture) {
    return formats.contains(picture.format())
        && picture.size() <= maxBytes
        && picture.longEdge() <= maxLongEdge
        && (long) picture.width() * picture.height() <= maxPixels;
  }

  /** Builds {@link Capabilities}. Not safe for several threads. */
  public static final class Builder {
    private Set<ImageFormat> formats = EnumSet.of(ImageFormat.JPEG, ImageFormat.PNG);
    private long maxBytes = Long.MAX_VALUE;
    private int maxLongEdge = Integer.MAX_VALUE;
    private long maxPixels = Long.MAX_VALUE;
    private Set<String> languages = Set.of();
    private Set<CaptionStyle> styles = EnumSet.allOf(CaptionStyle.class);
    private boolean local;
    private boolean model = true;
    private boolean punctual;

    private Builder() {}

    public Builder formats(Set<ImageFormat> formats) {
      this.formats = notEmpty(formats, "formats");
      return this;
    }

    public Builder maxBytes(long maxBytes) {
      this.maxBytes = positive(maxBytes, "maxBytes");
      return this;
    }

    public Builder maxLongEdge(int maxLongEdge) {
      this.maxLongEdge = (int) positive(maxLongEdge, "maxLongEdge");
      return this;
    }

    public Builder maxPixels(long maxPixels) {
      this.maxPixels = positive(maxPixels, "maxPixels");
      return this;
    }

    /** Sets the languages; regions and scripts are ignored. Empty: any. */
    public Builder languages(Set<String> languages) {
      Set<String> primary = new TreeSet<>();
      languages.forEach(tag -> primary.add(LanguageTags.primary(tag)));
      this.languages = Collections.unmodifiableSet(primary);
      return this;
    }

    public Builder styles(Set<CaptionStyle> styles) {
      this.styles = notEmpty(styles, "styles");
      return this;
    }

    public Builder local(boolean local) {
      this.local = local;
      return this;
    }

    public Builder model(boolean model) {
      this.model = model;
      return this;
    }

    /**
     * Sets whether it comes back in time, {@linkplain Capabilities#isPunctual whatever happens}.
     */
    public Builder punctual(boolean punctual) {
      this.punctual = punctual;
      return this;
    }

    public Capabilities build() {
      return new Capabilities(this);
    }

    private static <T> Set<T> notEmpty(Set<T> values, String what) {
      if (Objects.requireNonNull(values, what).isEmpty()) {
        throw new IllegalArgumentException(what + ": at least one");
      }
      return values;
    }

    private static long positive(long value, String what) {
      if (value < 1) {
        throw new IllegalArgumentException(what + " is at least 1, not " + value);
      }
      return value;
    }
  }
}
