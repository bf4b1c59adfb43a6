package dev.cutline.core;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.CaptionVersion;
import dev.cutline.Captioner;
import dev.cutline.ImageRecord;
import dev.cutline.ImageRejectedException;
import dev.cutline.ImageStore;
import dev.cutline.InvalidSettingsException;
import dev.cutline.LabelDetector;
import dev.cutline.RateLimitedException;
import dev.cutline.RateLimiter;
import dev.cutline.RecordPage;
import dev.cutline.RecordQuery;
import dev.cutline.RecordStore;
import dev.cutline.Settings;
import dev.cutline.StorageState;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.VersionConflictException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Captions pictures: takes one in, checks it, takes off what is private, makes thumbnails, asks a
 * chain of captioners and keeps picture and record in the stores that it was given.
 *
 * <pre>{@code
 * try (Cutline cutline = Cutline.from(Settings.ofEnvironment())) {
 *   ImageRecord record = cutline.upload(Upload.of("alice", Path.of("cat.jpg")));
 *   record.caption(CaptionStyle.CONCISE).ifPresent(System.out::println);
 * }
 * }</pre>
 *
 * <p>What {@link #upload} has returned from is not lost, whatever is killed afterwards; what a
 * crash leaves half done is finished or undone by {@link #reconcile}. Thread-safe. Every method
 * throws {@link StoreException} if a store fails.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Cutline implements AutoCloseable {
  private Cutline(Builder builder) {}

  /**
   * Starts with no rate limit, no labels, default limits and a lease of two minutes. Stores and
   * captioner are due.
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns an instance made of settings alone: everything under {@code cutline.}, with providers
   * and stores found on the class path. It owns what it made and closes it. Settles what an earlier
   * process left half done.
   *
   * @throws InvalidSettingsException with every problem of the settings, unknown keys included
   * @throws StoreException if a store cannot be reached
   */
  public static Cutline from(Settings settings) {
    throw new UnsupportedOperationException("from settings");
  }

  /**
   * Takes a picture in and captions it. Returns once it is stored and every language was asked for;
   * whether there are captions is told by the record, because a picture without them is kept all
   * the same.
   *
   * @return the record, stored
   * @throws ImageRejectedException if it is none of our formats, beyond a limit or broken; nothing
   *     was stored
   * @throws RateLimitedException if the owner has to wait; nothing was stored
   * @throws java.io.UncheckedIOException if the file cannot be read
   * @throws NotFoundException if the picture was deleted while it was being captioned
   */
  public ImageRecord upload(Upload upload) {
    throw new UnsupportedOperationException("upload");
  }

  /** Returns a stored picture; empty if this owner has none of that id. */
  public Optional<ImageRecord> find(String owner, String id) {
    throw new UnsupportedOperationException("find");
  }

  /** Returns a page of an owner's pictures, newest first. */
  public RecordPage query(RecordQuery query) {
    throw new UnsupportedOperationException("query");
  }

  /**
   * Returns every caption that a picture ever had, by rising number.
   *
   * @throws NotFoundException if there is no such picture
   */
  public List<CaptionVersion> versions(String owner, String id) {
    throw new UnsupportedOperationException("versions");
  }

  /**
   * Changes what a person may change. Captions become new versions that are shown from then on: no
   * model's text takes the place of a person's. They also settle that somebody has {@linkplain
   * ImageRecord#needsReview looked}.
   *
   * @throws NotFoundException if there is no such picture
   * @throws VersionConflictException if the edit expects a version that is no longer the last
   */
  public ImageRecord edit(String owner, String id, Edit edit) {
    throw new UnsupportedOperationException("edit");
  }

  /**
   * Shows an earlier caption again. This is a person's decision, so it becomes a new version by a
   * person with the old text, and no model's text takes its place later. The versions in between
   * stay.
   *
   * @param captionNumber the {@linkplain CaptionVersion#number number} of the version
   * @throws NotFoundException if there is no such picture or version
   */
  public ImageRecord revert(String owner, String id, long captionNumber) {
    throw new UnsupportedOperationException("revert");
  }

  /**
   * Asks for captions of a stored picture again. Texts of persons stay shown; if nobody answers,
   * what is there stays too, and the run says why.
   *
   * @throws NotFoundException if there is no such picture, or it was deleted meanwhile
   */
  public ImageRecord recaption(String owner, String id, Recaption options) {
    throw new UnsupportedOperationException("recaption");
  }

  /**
   * Deletes a picture: its objects, then its record with every caption.
   *
   * @throws NotFoundException if there is no such picture
   * @throws StoreException if a store failed on the way; the picture is not to be seen any more and
   *     {@link #reconcile} deletes the rest
   */
  public void delete(String owner, String id) {
    throw new UnsupportedOperationException("delete");
  }

  /**
   * Deletes everything of an owner: pictures, records, captions, remembered answers. Pictures that
   * are uploaded meanwhile may stay.
   *
   * @return how many pictures there were
   */
  public long deleteAll(String owner) {
    throw new UnsupportedOperationException("deleteAll");
  }

  /**
   * Opens a rendition of a picture.
   *
   * @return the object, to be closed by the caller; empty if this owner has no such picture
   */
  public Optional<StoredObject> open(String owner, String id, Rendition rendition) {
    throw new UnsupportedOperationException("open");
  }

  /**
   * Returns an address under which anybody may fetch a rendition for some time.
   *
   * @param validity more than zero, at most 7 days
   * @return the address; empty if this owner has no such picture or the image store has nothing to
   *     link to
   */
  public Optional<URI> presign(String owner, String id, Rendition rendition, Duration validity) {
    throw new UnsupportedOperationException("presign");
  }

  /**
   * Finishes or undoes what a crash left half done: uploads that never became {@link
   * StorageState#STORED} and deletions. Touches only what nobody holds a lease on any more, so it
   * is safe while other processes are at work and when it runs twice at once. Costs two small
   * queries when there is nothing to do.
   */
  public ReconcileReport reconcile() {
    throw new UnsupportedOperationException("reconcile");
  }

  /** Returns the rungs of the chain in their order. */
  public List<RungStatus> rungs() {
    throw new UnsupportedOperationException("rungs");
  }

  /**
   * Asks one rung and nobody else, and keeps nothing: to find out whether it works.
   *
   * @param rung its name in the settings
   * @throws IllegalArgumentException if there is no such rung
   * @throws dev.cutline.CaptionException if it did not answer
   */
  public CaptionReply ask(String rung, CaptionRequest request) {
    throw new UnsupportedOperationException("ask");
  }

  /**
   * Estimates what the captions of a picture would take, from its header and the settings. Nothing
   * is sent or stored.
   *
   * @throws ImageRejectedException if {@link #upload} would refuse it by its header
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  public Estimate estimate(Upload upload) {
    throw new UnsupportedOperationException("estimate");
  }

  /**
   * Closes what {@link #from} made; what the builder was given stays open. Closing twice does
   * nothing.
   */
  @Override
  public void close() {}

  /** Builds a {@link Cutline}. Not safe for several threads. */
  public static final class Builder {
    private Builder() {}

    /** Sets where pictures are kept; due. */
    public Builder images(ImageStore images) {
      return this;
    }

    /** Sets where records are kept; due. */
    public Builder records(RecordStore records) {
      return this;
    }

    /**
     * Sets who may upload how often, by owner; null: as often as they like, which is the default.
     */
    public Builder rateLimiter(@Nullable RateLimiter rateLimiter) {
      return this;
    }

    /**
     * Sets who writes the captions, as a chain of one rung named after its fingerprint. This or a
     * chain is due.
     */
    public Builder captioner(Captioner captioner) {
      return this;
    }

    /** Sets who finds labels; null: nobody, which is the default. */
    public Builder labels(@Nullable LabelDetector labels) {
      return this;
    }

    /** Sets the styles of uploads that name none; the default is all of them. */
    public Builder styles(Set<CaptionStyle> styles) {
      return this;
    }

    /**
     * Sets the languages of uploads that name none, the first being the one shown; the default is
     * English.
     */
    public Builder languages(List<String> languages) {
      return this;
    }

    /**
     * Sets whether uploads that do not say keep capture time and camera in the record; the default
     * is no.
     */
    public Builder keepFacts(boolean keepFacts) {
      return this;
    }

    /** Sets who is told of each step. */
    public Builder listener(CutlineListener listener) {
      return this;
    }

    /** Sets what tells the time; the default is the clock of the system. For tests. */
    public Builder clock(InstantSource clock) {
      return this;
    }

    /**
     * Sets for how long a process may be silent before others take over what it was writing; the
     * default is 2 minutes. It is renewed before every object, so it has to outlast the slowest
     * single write, not the upload.
     *
     * @throws IllegalArgumentException if it is below one second
     */
    public Builder lease(Duration lease) {
      return this;
    }

    /** Builds; throws {@link IllegalStateException} if something that is due is missing. */
    public Cutline build() {
      return new Cutline(this);
    }
  }
}
