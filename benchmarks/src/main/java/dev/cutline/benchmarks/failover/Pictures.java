package dev.cutline.benchmarks.failover;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The pictures that are asked about. */
final class Pictures {
  private static final int SIDE = 64;

  private Pictures() {}

  static Question of(Path file) throws IOException {
    byte[] jpeg = Files.readAllBytes(file);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    return new Question(jpeg, image.getWidth(), image.getHeight());
  }

  /** Returns a picture of about a kilobyte, so that thousands of requests fit in little memory. */
  static Question tiny() throws IOException {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, x * 4 << 16 | y * 4 << 8);
      }
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    return new Question(jpeg.toByteArray(), SIDE, SIDE);
  }
}
