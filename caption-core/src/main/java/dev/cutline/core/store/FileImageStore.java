package dev.cutline.core.store;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageStore;
import dev.cutline.ObjectPage;
import dev.cutline.StoreException;
import dev.cutline.StoredObject;
import dev.cutline.spi.StoreArguments;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pictures in files, under their keys, below one folder of a local file system. Several
 * instances and processes may share the folder.
 *
 * <p>A picture is written to a file of its own first, which is made durable, then renamed to its
 * place, and then the folder is made durable: what {@link #put} has returned from is there, whole,
 * when the power goes. Folders are made for their owner only (0700), files too (0600). Files that a
 * killed process left half written are never visible and are deleted when a store is opened an hour
 * later or more.
 *
 * <p>As folders and files share their names here, no key may be a folder of another ({@code a/b}
 * beside {@code a/b/c}), and a segment has at most 250 characters; the keys of caption-core are so.
 * Thread-safe.
 */
public final class FileImageStore implements ImageStore {
  private final Path folder;
  private final Disk disk;
  private final Shelf shelf;
  private final @Nullable UrlSigner signer;
  private final @Nullable URI baseUrl;
  private final boolean readOnly;

  private FileImageStore(Builder builder, Disk disk) {
    this.folder = builder.folder.toAbsolutePath().normalize();
    this.disk = disk;
    this.shelf = new Shelf(folder, disk);
    this.signer = builder.signer;
    this.baseUrl = builder.baseUrl;
    this.readOnly = builder.readOnly;
    try {
      if (!readOnly) {
        shelf.open(builder.clock.instant());
      }
    } catch (IOException e) {
      throw FileErrors.of("open the image store " + folder, e);
    }
  }

  /**
   * Returns a store in a folder, which is made if it is missing; there is nothing to link to.
   *
   * @throws StoreException if the folder cannot be made or written to
   */
  public static FileImageStore open(Path folder) {
    return builder(folder).build();
  }

  /** Starts a store in a folder. */
  public static Builder builder(Path folder) {
    return new Builder(folder);
  }

  @Override
  public void put(String key, ImageData image) {
    Path file = FileNames.resolve(folder, StoreArguments.key(key));
    checkWritable("write " + key);
    try {
      shelf.put(file, image);
    } catch (IOException e) {
      throw FileErrors.ofWrite("write " + key, e, disk, folder, image.size());
    }
  }

  @Override
  public Optional<StoredObject> get(String key) {
    Path file = FileNames.resolve(folder, StoreArguments.key(key));
    try {
      Disk.Opened opened = disk.open(file);
      return Optional.of(StoredObject.of(opened.stream(), opened.size(), mediaType(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw FileErrors.of("read " + key, e);
    }
  }

  @Override
  public boolean delete(String key) {
    Path file = FileNames.resolve(folder, StoreArguments.key(key));
    checkWritable("delete " + key);
    try {
      return shelf.delete(file);
    } catch (IOException e) {
      throw FileErrors.of("delete " + key, e);
    }
  }

  @Override
  public int deleteByPrefix(String prefix) {
    Path top = FileNames.resolve(folder, StoreArguments.deletePrefix(prefix));
    checkWritable("delete what starts with " + prefix);
    try {
      return shelf.deleteAll(top);
    } catch (IOException e) {
      throw FileErrors.of("delete what starts with " + prefix, e);
    }
  }

  @Override
  public ObjectPage list(String prefix, @Nullable String cursor, int limit) {
    StoreArguments.listPrefix(prefix);
    KeyWalk walk = new KeyWalk(disk, cursor, StoreArguments.limit(limit));
    Path top = prefix.isEmpty() ? folder : FileNames.resolve(folder, prefix);
    try {
      return walk.page(top, prefix);
    } catch (IOException e) {
      throw FileErrors.of("list " + (prefix.isEmpty() ? "the image store" : prefix), e);
    }
  }

  /** Returns a signed address below the base URL; empty if the store was built without one. */
  @Override
  public Optional<URI> presign(String key, Duration validity) {
    StoreArguments.key(key);
    StoreArguments.validity(validity);
    return baseUrl == null || signer == null
        ? Optional.empty()
        : Optional.of(signer.sign(baseUrl, key, validity));
  }

  private void checkWritable(String what) {
    if (readOnly) {
      throw new StoreException(
          StoreException.Kind.DENIED, "cannot " + what + ": " + folder + " is only for reading");
    }
  }

  private static String mediaType(String key) {
    for (ImageFormat format : ImageFormat.values()) {
      if (key.endsWith("." + format.extension())) {
        return format.mediaType();
      }
    }
    return "application/octet-stream";
  }

  /** Builds a {@link FileImageStore}. Not safe for several threads. */
  public static final class Builder {
    private final Path folder;
    private @Nullable UrlSigner signer;
    private @Nullable URI baseUrl;
    private InstantSource clock = InstantSource.system();
    private boolean readOnly;

    private Builder(Path folder) {
      this.folder = folder;
    }

    /**
     * Sets what addresses are made of: who serves them, and what signs them.
     *
     * @param baseUrl where the gallery is reached, without a slash at its end, for example {@code
     *     https://pictures.example.org}
     */
    public Builder links(URI baseUrl, UrlSigner signer) {
      this.baseUrl = baseUrl;
      this.signer = signer;
      return this;
    }

    /** Sets what tells how old a half-written file is; the default is the clock of the system. */
    public Builder clock(InstantSource clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Sets whether to do with a folder that cannot be written to, or is not there, which is to hold
     * nothing; the default is no. Then whatever would write is {@link StoreException.Kind#DENIED}.
     */
    public Builder readOnly(boolean readOnly) {
      this.readOnly = readOnly;
      return this;
    }

    /**
     * Opens the store.
     *
     * @throws StoreException if the folder cannot be made or written to
     */
    public FileImageStore build() {
      return build(new RealDisk(folder));
    }

    FileImageStore build(Disk disk) {
      return new FileImageStore(this, disk);
    }
  }
}
