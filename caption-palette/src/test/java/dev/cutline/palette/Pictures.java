package dev.cutline.palette;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Draws and codes pictures for the tests. */
final class Pictures {
  private Pictures() {}

  static Pixels pixels(int width, int height, IntBinaryOperator colourAt) {
    int[] rgb = new int[width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = colourAt.applyAsInt(i % width, i / width);
    }
    return new Pixels(rgb, width, height);
  }

  static BufferedImage image(int width, int height, IntBinaryOperator colourAt) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, colourAt.applyAsInt(x, y));
      }
    }
    return image;
  }

  static BufferedImage noise(int width, int height, long seed) {
    Random random = new Random(seed);
    return image(width, height, (x, y) -> random.nextInt(1 << 24));
  }

  /** A window with a title bar, a side bar and lines of small marks where text would be. */
  static BufferedImage screenshot(int paper, int ink, int bar) {
    return drawn(
        1280,
        800,
        paper,
        g -> {
          g.setColor(new Color(bar));
          g.fillRect(0, 0, 1280, 48);
          g.fillRect(0, 48, 240, 752);
          g.setColor(new Color(ink));
          Random random = new Random(7);
          for (int y = 90; y < 780; y += 24) {
            for (int x = 270; x < 300 + random.nextInt(900); x += 10) {
              g.fillRect(x, y, random.nextInt(8), 12);
            }
          }
        });
  }

  /** A house on a green hill, outlined in black. */
  static BufferedImage cartoon() {
    return drawn(
        800,
        600,
        0x87ceeb,
        g -> {
          g.setColor(new Color(0x55aa44));
          g.fillOval(-200, 350, 1200, 600);
          g.setColor(Color.YELLOW);
          g.fillOval(600, 50, 120, 120);
          g.setColor(new Color(0xaa3333));
          g.fillRect(200, 250, 200, 200);
          g.setColor(Color.BLACK);
          for (int i = 0; i < 6; i++) {
            g.drawRect(200 - i, 250 - i, 200 + 2 * i, 200 + 2 * i);
            g.drawOval(600 - i, 50 - i, 120 + 2 * i, 120 + 2 * i);
          }
        });
  }

  static BufferedImage drawn(int width, int height, int ground, Consumer<Graphics2D> pen) {
    BufferedImage image = image(width, height, (x, y) -> ground);
    Graphics2D graphics = image.createGraphics();
    pen.accept(graphics);
    graphics.dispose();
    return image;
  }

  static ImageData png(BufferedImage image) {
    return encode(image, ImageFormat.PNG);
  }

  /** Fits a picture to 256 pixels, as the pipeline does before it asks. */
  static ImageData rendition(BufferedImage image) {
    double scale = Math.min(1, 256.0 / Math.max(image.getWidth(), image.getHeight()));
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.drawImage(
        image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
    graphics.dispose();
    return encode(small, ImageFormat.JPEG);
  }

  static BufferedImage decode(byte[] bytes) {
    try {
      return ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageData encode(BufferedImage image, ImageFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format.extension(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ImageData.wrap(out.toByteArray(), format, image.getWidth(), image.getHeight());
  }
}
