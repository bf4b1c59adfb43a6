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
 * renditions, hash; in this process after a warm-up. Beside it, in turns, libvips for the same
 * three renditions, which neither strips nor hashes: {@code vipsthumbnail} as three processes of
 * one thread each, and libvips in a process that stays, with three decodes and with one. Processor
 * time is the fairer figure on a machine that others use too.
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
    Report report =
        new Report(
            "intake without captioning, medians, ms a picture",
            "picture",
            "MP",
            "wall",
            "min",
            "max",
            "cpu",
            "vipsthumbnail wall",
            "vipsthumbnail cpu",
            "libvips cpu, 3 decodes",
            "libvips cpu, 1 decode",
            "cpu/vipsthumbnail",
            "cpu/libvips 3",
            "cpu/libvips 1");
    Path program = Path.of(System.getProperty("cutline.benchmarks"), "native", "vips-intake.c");
    try (WorkFolder scratch = WorkFolder.temporary();
        LibVips libVips = LibVips.start(program, scratch.path())) {
      Intake intake = new Intake(scratch.path());
      for (Path picture : arguments.paths()) {
        intake.measure(
            report,
            libVips,
            picture,
            arguments.number("rounds", 11),
            arguments.number("warm-up", 8));
      }
    }
    report.publish(arguments, System.out);
  }

  private void measure(Report report, LibVips libVips, Path picture, int rounds, int warmUp)
      throws Exception {
    byte[] file = Files.readAllBytes(picture);
    ImageInfo info = inspector.inspect(file);
    for (int i = 0; i < warmUp; i++) {
      take(file);
    }
    libVips.take(picture);
    Samples wall = new Samples();
    Samples cpu = new Samples();
    Samples processesWall = new Samples();
    Samples processesCpu = new Samples();
    Samples separateCpu = new Samples();
    Samples chainedCpu = new Samples();
    for (int i = 0; i < rounds; i++) {
      long cpuBefore = threadCpu();
      long before = System.nanoTime();
      take(file);
      wall.add((System.nanoTime() - before) / 1e6);
      cpu.add((threadCpu() - cpuBefore) / 1e6);
      WholeProcess processes = vipsThumbnail(picture);
      processesWall.add(processes.wallSeconds() * 1000);
      processesCpu.add(processes.cpuSeconds() * 1000);
      LibVips.Figures inProcess = libVips.take(picture);
      separateCpu.add(inProcess.cpu());
      chainedCpu.add(inProcess.chainedCpu());
    }
    report.row(
        picture.getFileName().toString(),
        info.width() * (double) info.height() / 1e6,
        wall.median(),
        wall.min(),
        wall.max(),
        cpu.median(),
        processesWall.median(),
        processesCpu.median(),
        separateCpu.median(),
        chainedCpu.median(),
        cpu.median() / processesCpu.median(),
        cpu.median() / separateCpu.median(),
        cpu.median() / chainedCpu.median());
  }

  /** What the pipeline does with a file up to the record. */
  private void take(byte[] file) {
    ImageInfo info = inspector.inspect(file);
    stripper.strip(file, info);
    renderer.render(file, info);
  }

  private WholeProcess vipsThumbnail(Path picture) throws Exception {
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
