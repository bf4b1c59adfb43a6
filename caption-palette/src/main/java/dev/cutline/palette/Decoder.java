package dev.cutline.palette;

import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.Reason;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Turns the bytes of a picture into at most a few hundred pixels a side. */
final class Decoder {
  private Decoder() {}

  /**
   * Returns the pixels of a picture; of one whose long edge is above {@code longEdge} only every
   * second, third, … so that memory stays bounded.
   *
   * @throws CaptionException {@link Reason#INVALID_IMAGE} if the JDK cannot decode it, {@link
   *     Reason#IMAGE_LIMIT} if its header tells of more than {@code maxPixels}
   */
  static Pixels decode(ImageData image, int longEdge, long maxPixels) {
    ImageReader reader = reader(image);
    // In memory: the files that ImageIO caches streams in by default cost more than the decoding.
    try (ImageInputStream in = new MemoryCacheImageInputStream(image.openStream())) {
      reader.setInput(in, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > maxPixels) {
        throw new CaptionException(
            Reason.IMAGE_LIMIT, width + " x " + height + " is above " + maxPixels + " pixels");
      }
      ImageReadParam param = reader.getDefaultReadParam();
      int step = Math.max(1, Math.max(width, height) / longEdge);
      param.setSourceSubsampling(step, step, 0, 0);
      return onWhite(reader.read(0, param));
    } catch (CaptionException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders answer broken bytes with many kinds of runtime exception as well.
      throw new CaptionException(Reason.INVALID_IMAGE, "cannot be decoded: " + image, e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(ImageData image) {
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(image.format().name().toLowerCase(Locale.ROOT));
    return readers.next();
  }

  /** By drawing: {@code getRGB} takes grey levels for linear light and would make them brighter. */
  private static Pixels onWhite(BufferedImage decoded) {
    int width = decoded.getWidth();
    int height = decoded.getHeight();
    BufferedImage opaque = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = opaque.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.drawImage(decoded, 0, 0, null);
    graphics.dispose();
    return new Pixels(opaque.getRGB(0, 0, width, height, null, 0, width), width, height);
  }
}
