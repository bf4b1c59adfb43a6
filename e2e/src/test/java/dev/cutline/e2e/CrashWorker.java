package dev.cutline.e2e;

import dev.cutline.ImageRecord;
import dev.cutline.Settings;
import dev.cutline.core.Cutline;
import dev.cutline.core.CutlineListener;
import dev.cutline.core.Step;
import dev.cutline.core.StepEvent;
import dev.cutline.core.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * The process that gets killed. It tells on standard output what it has acknowledged, a line each,
 * written by one system call: {@code READY}, {@code STORED id}, {@code DELETING id} (from here on
 * either way is right), {@code DELETED id}, {@code AT step} (and then it stands still for good).
 *
 * <p>Arguments: folder of pictures, then {@code upload STEP}, {@code delete STEP} or {@code work
 * SEED THREADS}. The stores are named in the environment.
 */
final class CrashWorker implements CutlineListener {
  static final String OWNER = "alice";

  /** Of each thread, so that there is not too much to look at in the end. */
  private static final int MOST_KEPT = 30;

  private final Step haltAt;
  private volatile boolean armed;

  private CrashWorker(Step haltAt) {
    this.haltAt = haltAt;
  }

  public static void main(String[] args) throws Exception {
    List<Path> pictures = pictures(Path.of(args[0]));
    Step haltAt = args[1].equals("work") ? null : Step.valueOf(args[2]);
    CrashWorker worker = new CrashWorker(haltAt);
    try (TestHouse house = TestHouse.open(Settings.ofEnvironment(), worker)) {
      Cutline cutline = house.cutline();
      say("READY");
      switch (args[1]) {
        case "upload" -> {
          worker.armed = true;
          upload(cutline, pictures.get(0));
        }
        case "delete" -> {
          String id = upload(cutline, pictures.get(0));
          worker.armed = true;
          delete(cutline, id);
        }
        default -> work(cutline, pictures, Long.parseLong(args[2]), Integer.parseInt(args[3]));
      }
    }
    throw new IllegalStateException("came to the end without being killed");
  }

  private static List<Path> pictures(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void work(Cutline cutline, List<Path> pictures, long seed, int threads)
      throws Exception {
    ExecutorService hands = Executors.newFixedThreadPool(threads);
    CompletionService<Void> ended = new ExecutorCompletionService<>(hands);
    for (int i = 0; i < threads; i++) {
      Random random = new Random(seed + i);
      ended.submit(() -> work(cutline, pictures, random));
    }
    // None of them ends but by a failure, which is thrown here, and ends all.
    try {
      ended.take().get();
    } finally {
      hands.shutdownNow();
    }
  }

  private static Void work(Cutline cutline, List<Path> pictures, Random random) {
    List<String> stored = new ArrayList<>();
    while (true) {
      if (stored.size() == MOST_KEPT || stored.size() > 3 && random.nextInt(3) == 0) {
        delete(cutline, stored.remove(random.nextInt(stored.size())));
      } else {
        stored.add(upload(cutline, pictures.get(random.nextInt(pictures.size()))));
      }
    }
  }

  private static String upload(Cutline cutline, Path picture) {
    ImageRecord stored = cutline.upload(Upload.of(OWNER, picture));
    say("STORED " + stored.id());
    return stored.id();
  }

  private static void delete(Cutline cutline, String id) {
    say("DELETING " + id);
    cutline.delete(OWNER, id);
    say("DELETED " + id);
  }

  @Override
  public void step(StepEvent event) {
    if (armed && event.step() == haltAt) {
      say("AT " + haltAt);
      standStill();
    }
  }

  private static void standStill() {
    while (true) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        // only SIGKILL ends this
      }
    }
  }

  static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
