package dev.cutline.e2e;

import dev.cutline.RateLimitedException;
import dev.cutline.Settings;
import dev.cutline.core.Cutline;
import dev.cutline.core.Upload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A process that uploads one picture many times, all at once, with nothing but the settings of its
 * environment. It tells on standard output {@code READY}, waits for a line, and tells {@code STORED
 * id} or {@code REFUSED} of each upload, and {@code DONE}.
 *
 * <p>Arguments: the picture, and how many times.
 */
final class BurstWorker {
  private BurstWorker() {}

  public static void main(String[] args) throws Exception {
    Path picture = Path.of(args[0]);
    int times = Integer.parseInt(args[1]);
    try (Cutline cutline = Cutline.from(Settings.ofEnvironment())) {
      CrashWorker.say("READY");
      if (System.in.read() < 0) {
        return; // nobody waits for this any more
      }
      ExecutorService hands = Executors.newFixedThreadPool(times);
      try {
        List<Callable<Void>> uploads =
            new ArrayList<>(Collections.nCopies(times, () -> upload(cutline, picture)));
        for (Future<Void> upload : hands.invokeAll(uploads)) {
          upload.get();
        }
      } finally {
        hands.shutdownNow();
      }
    }
    CrashWorker.say("DONE");
  }

  private static Void upload(Cutline cutline, Path picture) {
    try {
      CrashWorker.say("STORED " + cutline.upload(Upload.of(CrashWorker.OWNER, picture)).id());
    } catch (RateLimitedException e) {
      CrashWorker.say("REFUSED");
    }
    return null;
  }
}
