package dev.cutline.core.store;

import dev.cutline.ImageStore;
import dev.cutline.Secret;
import dev.cutline.Settings;
import dev.cutline.SettingsReader;
import dev.cutline.spi.Diagnosable;
import dev.cutline.spi.Diagnosis;
import dev.cutline.spi.ImageStoreProvider;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes {@link FileImageStore}s, under the id {@code files}. Public only because {@link
 * java.util.ServiceLoader} needs it.
 *
 * <p>Keys: {@code directory} (required; {@code objects} in the home is the default that {@code
 * Cutline} gives), {@code base-url} (where the gallery is reached; without it there are no links),
 * {@code url-key} (required with {@code base-url}, at least 16 characters), {@code read-only} (do
 * with a folder that cannot be written to; default false).
 */
public final class FileImageStoreProvider implements ImageStoreProvider, Diagnosable {
  private static final int MIN_KEY = 16;

  /** Does nothing, as {@link java.util.ServiceLoader} wants it. */
  public FileImageStoreProvider() {}

  @Override
  public String id() {
    return "files";
  }

  @Override
  public ImageStore create(Settings settings) {
    return read(settings).build();
  }

  @Override
  public void validate(Settings settings) {
    read(settings);
  }

  @Override
  public void diagnose(Settings settings, Diagnosis diagnosis) {
    Path folder = directory(SettingsReader.of(settings)).toAbsolutePath().normalize();
    FileDiagnosis.run(read(settings), folder, diagnosis);
  }

  private static FileImageStore.Builder read(Settings settings) {
    SettingsReader in = SettingsReader.of(settings);
    Path directory = directory(in);
    Optional<URI> baseUrl = in.uri("base-url");
    boolean readOnly = in.bool("read-only", false);
    Optional<Secret> urlKey = in.text("url-key").map(Secret::of);
    if (baseUrl.isPresent() && urlKey.isEmpty()) {
      in.problem("url-key", "is missing: with a base-url, addresses have to be signed");
    }
    if (urlKey.isPresent() && urlKey.get().reveal().length() < MIN_KEY) {
      in.problem("url-key", "has less than " + MIN_KEY + " characters");
    }
    in.finish();
    FileImageStore.Builder builder = FileImageStore.builder(directory).readOnly(readOnly);
    baseUrl.ifPresent(base -> builder.links(base, UrlSigner.of(urlKey.orElseThrow())));
    return builder;
  }

  private static Path directory(SettingsReader in) {
    String text = in.required("directory", "a folder of your own");
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      in.problem("directory", "not a path: " + e.getReason());
      return Path.of("");
    }
  }
}
