package dev.cutline;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that is known about one picture, but for its bytes and its older captions. */
public final class ImageRecord {
  private final String owner;
  private final String id;
  private final long version;
  private final StorageState storageState;
  private final CaptionState captionState;
  private final @Nullable Lease lease;
  private final Instant createdAt;
  private final Instant updatedAt;
  private final @Nullable String fileName;
  private final @Nullable String title;
  private final @Nullable String description;
  private final List<String> tags;
  private final ImageFormat format;
  private final int width;
  private final int height;
  private final long size;
  private final String sha256;
  private final @Nullable Long perceptualHash;
  private final Map<String, String> facts;
  private final List<String> languages;
  private final Set<CaptionStyle> styles;
  private final @Nullable String context;
  private final boolean localOnly;
  private final List<Label> labels;
  private final List<CaptionVersion> captions;
  private final long lastCaptionNumber;
  private final List<CaptionRun> runs;
  private final boolean needsReview;
  private final List<String> notes;

  private ImageRecord(Builder builder) {
    this.owner = builder.owner;
    this.id = builder.id;
    this.version = builder.version;
    this.storageState = builder.storageState;
    this.captionState = builder.captionState;
    this.lease = builder.lease;
    this.createdAt = builder.createdAt;
    this.updatedAt = builder.updatedAt;
    this.fileName = builder.fileName;
    this.title = builder.title;
    this.description = builder.description;
    this.tags = builder.tags;
    this.format = Objects.requireNonNull(builder.format, "format");
    this.width = builder.width;
    this.height = builder.height;
    this.size = builder.size;
    this.sha256 = Objects.requireNonNull(builder.sha256, "sha256");
    this.perceptualHash = builder.perceptualHash;
    this.facts = builder.facts;
    this.languages = builder.languages;
    this.styles = Collections.unmodifiableSet(EnumSet.copyOf(builder.styles));
    this.context = builder.context;
    this.localOnly = builder.localOnly;
    this.labels = builder.labels;
    this.captions = builder.captions;
    this.lastCaptionNumber = builder.lastCaptionNumber;
    this.runs = builder.runs;
    this.needsReview = builder.needsReview;
    this.notes = builder.notes;
  }

  /**
   * Starts a record that no store has seen: version 0, {@link StorageState#RECEIVED}, {@link
   * CaptionState#PENDING}, English, every style. Format, size and hash have to be set.
   *
   * @param id UUIDv7 in its usual spelling, so that ids sort by time
   * @throws IllegalArgumentException if the owner is not 1 to 128 characters
   */
  public static Builder builder(String owner, String id) {
    return new Builder(owner, id);
  }

  /** Returns a builder with everything of this record. */
  public Builder toBuilder() {
    Builder builder = new Builder(owner, id);
    builder.version = version;
    builder.storageState = storageState;
    builder.captionState = captionState;
    builder.lease = lease;
    builder.createdAt = createdAt;
    builder.updatedAt = updatedAt;
    builder.fileName = fileName;
    builder.title = title;
    builder.description = description;
    builder.tags = tags;
    builder.format = format;
    builder.width = width;
    builder.height = height;
    builder.size = size;
    builder.sha256 = sha256;
    builder.perceptualHash = perceptualHash;
    builder.facts = facts;
    builder.languages = languages;
    builder.styles = styles;
    builder.context = context;
    builder.localOnly = localOnly;
    builder.labels = labels;
    builder.captions = captions;
    builder.lastCaptionNumber = lastCaptionNumber;
    builder.runs = runs;
    builder.needsReview = needsReview;
    builder.notes = notes;
    return builder;
  }

  public String owner() {
    return owner;
  }

  public String id() {
    return id;
  }

  /** Returns how often the record was written; 0 until a store has it. */
  public long version() {
    return version;
  }

  public StorageState storageState() {
    return storageState;
  }

  public CaptionState captionState() {
    return captionState;
  }

  /** Returns who is at work on it; empty once the work is done. */
  public Optional<Lease> lease() {
    return Optional.ofNullable(lease);
  }

  /** Returns when it was first written, in milliseconds. */
  public Instant createdAt() {
    return createdAt;
  }

  /** Returns when it was last written, in milliseconds. */
  public Instant updatedAt() {
    return updatedAt;
  }

  /** Returns the name of the file as the user gave it: text, never a path of ours. */
  public Optional<String> fileName() {
    return Optional.ofNullable(fileName);
  }

  public Optional<String> title() {
    return Optional.ofNullable(title);
  }

  public Optional<String> description() {
    return Optional.ofNullable(description);
  }

  public List<String> tags() {
    return tags;
  }

  public ImageFormat format() {
    return format;
  }

  /** Returns the width in pixels of the upright picture. */
  public int width() {
    return width;
  }

  /** Returns the height in pixels of the upright picture. */
  public int height() {
    return height;
  }

  /** Returns the size in bytes of the stored original, metadata off. */
  public long size() {
    return size;
  }

  /** Returns the SHA-256 of the file as it was given, as 64 lower-case hex digits. */
  public String sha256() {
    return sha256;
  }

  /** Returns the 64-bit perceptual hash; empty until the picture is rendered. */
  public OptionalLong perceptualHash() {
    return perceptualHash == null ? OptionalLong.empty() : OptionalLong.of(perceptualHash);
  }

  /**
   * Returns harmless facts from the file's metadata, kept only where the user asks: capture time,
   * camera.
   */
  public Map<String, String> facts() {
    return facts;
  }

  /**
   * Returns the languages that captions are wanted in, the first being the one shown; never empty.
   */
  public List<String> languages() {
    return languages;
  }

  /** Returns the styles that are wanted; never empty. */
  public Set<CaptionStyle> styles() {
    return styles;
  }

  /** Returns what the user tells about the picture, for the model. */
  public Optional<String> context() {
    return Optional.ofNullable(context);
  }

  /** Tells whether only local rungs may see the picture. */
  public boolean isLocalOnly() {
    return localOnly;
  }

  public List<Label> labels() {
    return labels;
  }

  /** Returns the captions that are shown: at most one for each style and language. */
  public List<CaptionVersion> captions() {
    return captions;
  }

  /** Returns the caption shown for a style in a language; empty if there is none. */
  public Optional<CaptionVersion> caption(CaptionStyle style, String language) {
    return captions.stream()
        .filter(caption -> caption.style() == style && caption.language().equals(language))
        .findFirst();
  }

  /** Returns the text of a style in the first language; empty if there is none. */
  public Optional<String> caption(CaptionStyle style) {
    return caption(style, languages.get(0)).map(CaptionVersion::text);
  }

  /**
   * Returns the alt text in the first language; empty if there is none, or the picture is
   * decorative.
   */
  public Optional<String> altText() {
    return caption(CaptionStyle.ALT).filter(text -> !text.isEmpty());
  }

  /** Returns the highest number among all versions of captions; 0 if there are none. */
  public long lastCaptionNumber() {
    return lastCaptionNumber;
  }

  /** Returns the last run for each language. */
  public List<CaptionRun> runs() {
    return runs;
  }

  /** Returns the last run for a language; empty if none ended yet. */
  public Optional<CaptionRun> run(String language) {
    return runs.stream().filter(run -> run.language().equals(language)).findFirst();
  }

  /** Tells whether a person should look at the captions. */
  public boolean needsReview() {
    return needsReview;
  }

  /**
   * Returns what went wrong on the way without stopping it, for example that labels could not be
   * had.
   */
  public List<String> notes() {
    return notes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageRecord that && Arrays.equals(fields(), that.fields());
  }

  @Override
  public int hashCode() {
    return Objects.hash(owner, id, version);
  }

  @Override
  public String toString() {
    return "image "
        + id
        + " of "
        + owner
        + ", version "
        + version
        + ", "
        + storageState
        + ", "
        + captionState;
  }

  private @Nullable Object[] fields() {
    return new @Nullable Object[] {
      owner,
      id,
      version,
      storageState,
      captionState,
      lease,
      createdAt,
      updatedAt,
      fileName,
      title,
      description,
      tags,
      format,
      width,
      height,
      size,
      sha256,
      perceptualHash,
      facts,
      languages,
      styles,
      context,
      localOnly,
      labels,
      captions,
      lastCaptionNumber,
      runs,
      needsReview,
      notes
    };
  }

  /** Builds an {@link ImageRecord}. Not safe for several threads. */
  public static final class Builder {
    private final String owner;
    private final String id;
    private long version;
    private StorageState storageState = StorageState.RECEIVED;
    private CaptionState captionState = CaptionState.PENDING;
    private @Nullable Lease lease;
    private Instant createdAt = Instant.EPOCH;
    private Instant updatedAt = Instant.EPOCH;
    private @Nullable String fileName;
    private @Nullable String title;
    private @Nullable String description;
    private List<String> tags = List.of();
    private @Nullable ImageFormat format;
    private int width;
    private int height;
    private long size;
    private @Nullable String sha256;
    private @Nullable Long perceptualHash;
    private Map<String, String> facts = Map.of();
    private List<String> languages = List.of("en");
    private Set<CaptionStyle> styles = EnumSet.allOf(CaptionStyle.class);
    private @Nullable String context;
    private boolean localOnly;
    private List<Label> labels = List.of();
    private List<CaptionVersion> captions = List.of();
    private long lastCaptionNumber;
    private List<CaptionRun> runs = List.of();
    private boolean needsReview;
    private List<String> notes = List.of();

    private Builder(String owner, String id) {
      if (owner.isEmpty() || owner.length() > 128) {
        throw new IllegalArgumentException(
            "an owner has 1 to 128 characters, not " + owner.length());
      }
      this.owner = owner;
      this.id = Objects.requireNonNull(id, "id");
    }

    /** Sets the version; for stores. */
    public Builder version(long version) {
      this.version = version;
      return this;
    }

    public Builder storageState(StorageState storageState) {
      this.storageState = Objects.requireNonNull(storageState, "storageState");
      return this;
    }

    public Builder captionState(CaptionState captionState) {
      this.captionState = Objects.requireNonNull(captionState, "captionState");
      return this;
    }

    public Builder lease(@Nullable Lease lease) {
      this.lease = lease;
      return this;
    }

    public Builder createdAt(Instant createdAt) {
      this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
      return this;
    }

    public Builder updatedAt(Instant updatedAt) {
      this.updatedAt = Objects.requireNonNull(updatedAt, "updatedAt");
      return this;
    }

    public Builder fileName(@Nullable String fileName) {
      this.fileName = fileName;
      return this;
    }

    public Builder title(@Nullable String title) {
      this.title = title;
      return this;
    }

    public Builder description(@Nullable String description) {
      this.description = description;
      return this;
    }

    public Builder tags(List<String> tags) {
      this.tags = List.copyOf(tags);
      return this;
    }

    public Builder format(ImageFormat format) {
      this.format = format;
      return this;
    }

    /** Sets the size in pixels of the upright picture. */
    public Builder dimensions(int width, int height) {
      this.width = width;
      this.height = height;
      return this;
    }

    /** Sets the bytes of the stored original. */
    public Builder size(long size) {
      this.size = size;
      return this;
    }

    /** Sets the SHA-256 of the file as given: 64 lower-case hex digits. */
    public Builder sha256(String sha256) {
      this.sha256 = sha256;
      return this;
    }

    public Builder perceptualHash(@Nullable Long perceptualHash) {
      this.perceptualHash = perceptualHash;
      return this;
    }

    public Builder facts(Map<String, String> facts) {
      this.facts = Map.copyOf(facts);
      return this;
    }

    /**
     * Sets the languages wanted, the first being the one shown.
     *
     * @throws IllegalArgumentException if there are none or one is no BCP 47 tag
     */
    public Builder languages(List<String> languages) {
      if (languages.isEmpty()) {
        throw new IllegalArgumentException("languages: at least one");
      }
      this.languages = languages.stream().map(LanguageTags::canonical).distinct().toList();
      return this;
    }

    /**
     * Sets the styles wanted.
     *
     * @throws IllegalArgumentException if there are none
     */
    public Builder styles(Set<CaptionStyle> styles) {
      if (styles.isEmpty()) {
        throw new IllegalArgumentException("styles: at least one");
      }
      this.styles = styles;
      return this;
    }

    public Builder context(@Nullable String context) {
      this.context = context;
      return this;
    }

    public Builder localOnly(boolean localOnly) {
      this.localOnly = localOnly;
      return this;
    }

    public Builder labels(List<Label> labels) {
      this.labels = List.copyOf(labels);
      return this;
    }

    public Builder captions(List<CaptionVersion> captions) {
      this.captions = List.copyOf(captions);
      return this;
    }

    public Builder lastCaptionNumber(long lastCaptionNumber) {
      this.lastCaptionNumber = lastCaptionNumber;
      return this;
    }

    public Builder runs(List<CaptionRun> runs) {
      this.runs = List.copyOf(runs);
      return this;
    }

    public Builder needsReview(boolean needsReview) {
      this.needsReview = needsReview;
      return this;
    }

    public Builder notes(List<String> notes) {
      this.notes = List.copyOf(notes);
      return this;
    }

    public ImageRecord build() {
      return new ImageRecord(this);
    }
  }
}
