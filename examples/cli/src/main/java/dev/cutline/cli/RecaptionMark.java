package dev.cutline.cli;

import dev.cutline.FileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * When a run of {@code recaption} began, kept in the home under what was asked for: captions that
 * were answered since then are done, whoever ended the run and however.
 */
final class RecaptionMark {
  private final Path file;

  /**
   * Makes one.
   *
   * @param asked all that tells this run from others
   */
  RecaptionMark(Path home, String asked) {
    this.file = home.resolve("recaptions").resolve(hash(asked));
  }

  /** Returns when the run began that is to be gone on with; empty if there was none. */
  Optional<Instant> begun() {
    try {
      return Optional.of(Instant.parse(Files.readString(file).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | DateTimeException e) {
      throw new UsageException(
          "recaption --resume: "
              + file
              + " cannot be read; leave --resume out to begin anew, or delete that file");
    }
  }

  /** Notes that a run begins now. */
  void begin() {
    // Records keep milliseconds.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try {
      Files.createDirectories(file.getParent());
      Path next = Files.createTempFile(file.getParent(), "begun", ".tmp");
      Files.writeString(next, now + "\n");
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UsageException(
          "cutline.home: "
              + file.getParent()
              + " cannot be written to ("
              + FileProblem.reason(e)
              + "); check who may write there and how much space is left");
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
