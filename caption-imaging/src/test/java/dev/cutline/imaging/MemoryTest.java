package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cutline.ImageRejectedException;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whether the estimate bounds what decoding takes, and whether a small heap bears the largest. */
class MemoryTest {
  private static final int LARGEST = 7_071; // squared, just below 50 million pixels

  private static final int LARGE = 2_400; // enough for what grows with the picture to count

  /**
   * Everything allocated counts, also what is garbage already, so this is stricter than memory in
   * use at a time. Lossy WebP is left to the small heap: its decoder makes arrays for every block.
   */
  @Test
  void theEstimateBoundsWhatIsAllocated() {
    Map<String, Supplier<byte[]>> files = giants(LARGE);
    for (Picture picture : accepted()) {
      files.put(picture.path(), picture::bytes);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Renderer renderer = new Renderer();
    int measured = 0;
    for (Map.Entry<String, Supplier<byte[]>> each : files.entrySet()) {
      byte[] file = each.getValue().get();
      ImageInfo info = Pixels.INSPECTOR.inspect(file);
      boolean lossyWebp =
          info.colour() == ColourModel.YCBCR && info.format().extension().equals("webp");
      if (!lossyWebp) {
        long before = threads.getCurrentThreadAllocatedBytes();
        renderer.render(file, info);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as(each.getKey()).isLessThanOrEqualTo(info.decodeMemory());
        measured++;
      }
    }
    assertThat(measured).isGreaterThan(50);
  }

  @Test
  void aSmallHeapRendersOrRefusesEverythingAtOnce() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeap.class.getName())
            .redirectErrorStream(true)
            .start();
    String output;
    try (var in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain("OutOfMemoryError");
    // What stays in rows is rendered; what has to be held whole is refused, not attempted.
    assertThat(output)
        .contains("baseline JPEG: rendered", "16-bit PNG: rendered", "lossless WebP: rendered")
        .contains("lossy WebP: rendered")
        .contains("progressive JPEG: IMAGE_LIMIT", "interlaced PNG: IMAGE_LIMIT")
        .contains("CMYK JPEG: IMAGE_LIMIT")
        .contains("photos/cat.jpg: rendered", "metadata/camera-iphone11-12mp.jpg: rendered");
  }

  private static List<Picture> accepted() {
    return Corpus.pictures().stream().filter(p -> p.verdict() == Verdict.ACCEPT).toList();
  }

  /**
   * One of each coding; of {@link #LARGEST}, as large as the default limits admit. The one that
   * takes longest comes first, so that the others are done beside it, and each is made by the
   * thread that renders it: packing hundreds of megabytes takes longer than some decodes.
   */
  private static Map<String, Supplier<byte[]>> giants(int side) {
    Map<String, Supplier<byte[]>> giants = new LinkedHashMap<>();
    giants.put(
        "lossy WebP",
        () -> SyntheticWebp.simple().chunk("VP8 ", SyntheticWebp.evenLossy(side, side)).toBytes());
    giants.put("16-bit PNG", () -> SyntheticPng.even(side, side, 16, 6, false));
    giants.put("baseline JPEG", () -> SyntheticJpeg.of(side, side).toBytes());
    giants.put("progressive JPEG", () -> SyntheticJpeg.of(side, side).progressive().toBytes());
    giants.put("CMYK JPEG", () -> SyntheticJpeg.of(side, side).components(4).toBytes());
    giants.put("interlaced PNG", () -> SyntheticPng.even(side, side, 16, 6, true));
    giants.put(
        "lossless WebP",
        () ->
            SyntheticWebp.simple()
                .chunk("VP8L", SyntheticWebp.evenLossless(side, side, 0x80FF0000))
                .toBytes());
    return giants;
  }

  /** Renders everything with four threads behind one gate; ends with 1 at the first surprise. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] args) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      MemoryGate gate = new MemoryGate();
      Renderer renderer = new Renderer();
      List<Future<String>> results = new ArrayList<>();
      Map<String, Supplier<byte[]>> files = giants(LARGEST);
      for (Picture picture : accepted()) {
        files.put(picture.path(), picture::bytes);
      }
      files.forEach(
          (name, file) -> results.add(threads.submit(() -> outcome(name, file, gate, renderer))));
      int status = 0;
      for (Future<String> result : results) {
        try {
          System.out.println(result.get());
        } catch (ExecutionException e) {
          System.out.println(e.getCause());
          status = 1;
        }
      }
      System.exit(status);
    }

    private static String outcome(
        String name, Supplier<byte[]> made, MemoryGate gate, Renderer renderer)
        throws InterruptedException {
      byte[] file = made.get();
      ImageInfo info = new ImageInspector(ImageLimits.ofDefaults()).inspect(file);
      MemoryGate.Permit permit;
      try {
        permit = gate.acquire(info.decodeMemory());
      } catch (ImageRejectedException e) {
        return name + ": " + e.reason();
      }
      try {
        renderer.render(file, info);
        return name + ": rendered";
      } finally {
        permit.close();
      }
    }
  }
}
