package dev.cutline.core.store;

import dev.cutline.FileProblem;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.StoreException;
import dev.cutline.spi.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Looks at a folder of pictures, and tries a file in it. */
final class FileDiagnosis {
  /** No owner's key starts with a dash, so nobody's pictures are ever below this. */
  private static final String TRIAL = "images/-doctor/";

  private static final long MEGABYTE = 1L << 20;

  /** Some fifty pictures. */
  private static final long LITTLE = 200 * MEGABYTE;

  private FileDiagnosis() {}

  /** Makes nothing: a folder that is not there yet is made by whoever stores the first picture. */
  static void run(FileImageStore.Builder builder, Path folder, Diagnosis diagnosis) {
    if (!Files.exists(folder)) {
      diagnosis.ok("folder " + folder + " is not there yet; it is made when it is needed");
      return;
    }
    space(folder, diagnosis);
    String prefix = TRIAL + UUID.randomUUID() + "/";
    try (FileImageStore store = builder.build()) {
      store.put(prefix + "trial.png", ImageData.of(new byte[] {1, 2, 3}, ImageFormat.PNG, 1, 1));
      store.list(TRIAL, null, 1);
      store.deleteByPrefix(prefix);
      diagnosis.ok("a file was written to " + folder + ", listed and deleted");
    } catch (StoreException e) {
      diagnosis.fail(
          String.valueOf(e.getMessage()),
          e.kind() == StoreException.Kind.FULL
              ? "free some space"
              : "check who may write there, or name another home with cutline.home");
    }
  }

  private static void space(Path folder, Diagnosis diagnosis) {
    try {
      long left = Files.getFileStore(folder).getUsableSpace();
      String text = left / MEGABYTE + " MB are left on the disk of " + folder;
      if (left < LITTLE) {
        diagnosis.warn(text, "free some space");
      } else {
        diagnosis.ok(text);
      }
    } catch (IOException e) {
      diagnosis.warn(
          "how much space is left could not be read (" + FileProblem.reason(e) + ")",
          "nothing else depends on it; look yourself");
    }
  }
}
