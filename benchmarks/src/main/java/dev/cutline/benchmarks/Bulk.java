package dev.cutline.benchmarks;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The command line over many pictures of half a megapixel with palette: pictures a second, peak
 * memory, and whether the processor time grows with the number of pictures alone.
 *
 * <p>Arguments: {@code --cutline LAUNCHER --photos FOLDER [--counts 1000,10000] [--json FILE]
 * [--work FOLDER]}.
 */
final class Bulk {
  private static final int WIDTH = 816;
  private static final int HEIGHT = 612;

  private Bulk() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path launcher = arguments.path("cutline").orElse(Path.of("cutline")).toAbsolutePath();
    List<BufferedImage> photos =
        photos(arguments.path("photos").orElse(Path.of("examples", "photos")));
    Report report =
        new Report(
            "cutline caption FOLDER, palette, pictures of 0.5 MP",
            "pictures",
            "status",
            "wall s",
            "cpu s",
            "pictures/s",
            "peak RSS MiB",
            "cpu against the first");
    double first = 0;
    try (WorkFolder work = WorkFolder.of(arguments.path("work"))) {
      for (int count : arguments.numbers("counts", "1000,10000")) {
        WholeProcess run = caption(launcher, photos, count, work);
        first = first == 0 ? run.cpuSeconds() : first;
        report.row(
            count,
            run.exitStatus(),
            run.wallSeconds(),
            run.cpuSeconds(),
            count / run.wallSeconds(),
            run.peakMiB(),
            run.cpuSeconds() / first);
      }
    }
    report.publish(arguments, System.out);
  }

  private static WholeProcess caption(
      Path launcher, List<BufferedImage> photos, int count, WorkFolder work) throws Exception {
    Path folder = generate(photos, work.resolve("pictures-" + count), count);
    Path home = work.resolve("home-" + count);
    Path lines = work.resolve("out.jsonl");
    Path output = work.resolve("output-" + count);
    WholeProcess run =
        WholeProcess.run(
            List.of(launcher.toString(), "caption", folder.toString(), "--out", lines.toString()),
            Map.of("CUTLINE_HOME", home.toString()),
            output);
    if (run.exitStatus() != 0 || lines(lines) != count) {
      throw new IllegalStateException(
          "status " + run.exitStatus() + ", not " + count + " lines: " + Files.readString(output));
    }
    WorkFolder.delete(home);
    WorkFolder.delete(folder);
    return run;
  }

  private static List<BufferedImage> photos(Path folder) throws IOException {
    List<BufferedImage> photos = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList()) {
        photos.add(ImageIO.read(file.toFile()));
      }
    }
    return photos;
  }

  /** Makes pictures that all differ: random parts of the photos, so that no cache answers. */
  private static Path generate(List<BufferedImage> photos, Path folder, int count)
      throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    BufferedImage canvas = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < count; i++) {
      BufferedImage photo = photos.get(i % photos.size());
      int width = photo.getWidth() / 2 + random.nextInt(photo.getWidth() / 2);
      int height = Math.min(photo.getHeight(), width * HEIGHT / WIDTH);
      int x = random.nextInt(photo.getWidth() - width + 1);
      int y = random.nextInt(photo.getHeight() - height + 1);
      Graphics2D graphics = canvas.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
      graphics.drawImage(photo, 0, 0, WIDTH, HEIGHT, x, y, x + width, y + height, null);
      graphics.dispose();
      ImageIO.write(canvas, "jpg", folder.resolve("picture-%06d.jpg".formatted(i)).toFile());
    }
    return folder;
  }

  private static long lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }
}
