package dev.cutline.benchmarks;

import dev.cutline.imaging.ImageInfo;
import dev.cutline.imaging.ImageInspector;
import dev.cutline.imaging.ImageLimits;
import dev.cutline.imaging.MetadataStripper;
import dev.cutline.imaging.Renderer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an upload costs before anybody is asked for a caption: inspect, strip, one decode, three
 * renditions, hash; in this process after a warm-up. Beside it, in turns, libvips: {@code
 * vipsthumbnail} as three processes of one thread each for the same three renditions. Processor
 * time is the fairer figure: vips pays for starting three processes, and neither strips nor hashes.
 *
 * <p>Arguments: {@code [--rounds 11] [--warm-up 8] [--json FILE] PICTURE...}.
 */
final class Intake {
  private final ImageInspector inspector =
      new ImageInspector(ImageLimits.builder().maxBytes(64L << 20).build());
  private final MetadataStripper stripper = new MetadataStripper();
  private final Renderer renderer = new Renderer();
  private final Path scratch;

  private Intake(Path scratch) {
    this.scratch = scratch;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Intake intake = new Intake(Files.createTempDirectory("cutline-intake"));
    Report report =
        new Report(
            "intake without captioning, medians, ms a picture",
            "picture",
            "MP",
            "wall",
            "min",
            "max",
            "cpu",
            "vips wall",
            "vips cpu",
            "wall/vips",
            "cpu/vips");
    for (Path picture : arguments.paths()) {
      intake.measure(
          report, picture, arguments.number("rounds", 11), arguments.number("warm-up", 8));
    }
    report.publish(arguments, System.out);
  }

  private void measure(Report report, Path picture, int rounds, int warmUp) throws Exception {
    byte[] file = Files.readAllBytes(picture);
    ImageInfo info = inspector.inspect(file);
    for (int i = 0; i < warmUp; i++) {
      take(file);
    }
    Samples wall = new Samples();
    Samples cpu = new Samples();
    Samples vipsWall = new Samples();
    Samples vipsCpu = new Samples();
    for (int i = 0; i < rounds; i++) {
      long cpuBefore = threadCpu();
      long before = System.nanoTime();
      take(file);
      wall.add((System.nanoTime() - before) / 1e6);
      cpu.add((threadCpu() - cpuBefore) / 1e6);
      WholeProcess vips = vips(picture);
      vipsWall.add(vips.wallSeconds() * 1000);
      vipsCpu.add(vips.cpuSeconds() * 1000);
    }
    report.row(
        picture.getFileName().toString(),
        info.width() * (double) info.height() / 1e6,
        wall.median(),
        wall.min(),
        wall.max(),
        cpu.median(),
        vipsWall.median(),
        vipsCpu.median(),
        wall.median() / vipsWall.median(),
        cpu.median() / vipsCpu.median());
  }

  private void take(byte[] file) {
    ImageInfo info = inspector.inspect(file);
    byte[] stripped = stripper.strip(file, info);
    renderer.render(stripped, inspector.inspect(stripped));
  }

  private WholeProcess vips(Path picture) throws Exception {
    String command =
        """
        vipsthumbnail "$0" --size '1568x1568>' -o "$1/model.jpg[Q=85,strip]" \
        && vipsthumbnail "$0" --size '300x300>' -o "$1/thumbnail.jpg[Q=85,strip]" \
        && vipsthumbnail "$0" --size 200x200 --smartcrop centre -o "$1/square.jpg[Q=85,strip]"
        """;
    WholeProcess run =
        WholeProcess.run(
            List.of("sh", "-c", command, picture.toAbsolutePath().toString(), scratch.toString()),
            Map.of("VIPS_CONCURRENCY", "1"),
            scratch.resolve("vips.log"));
    if (run.exitStatus() != 0) {
      throw new IllegalStateException(
          "vipsthumbnail failed: " + Files.readString(scratch.resolve("vips.log")));
    }
    return run;
  }

  private static long threadCpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
