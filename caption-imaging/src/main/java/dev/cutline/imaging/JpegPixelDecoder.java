package dev.cutline.imaging;

import dev.cutline.imaging.PixelImage.Layout;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decodes JPEG with the reader of the JDK. What that reader gets is the bare picture: metadata and
 * profiles, on which it is known to stumble, are taken off first, and a marker says how colours are
 * coded, so that it does not have to guess.
 */
final class JpegPixelDecoder implements PixelDecoder {
  private final ImageReaderSpi plugin = ImageIoPlugins.jpegReader();

  @Override
  public PixelImage decode(byte[] file, ImageInfo info, int enoughLongEdge) throws IOException {
    JpegStructure head = JpegStructure.readHead(file);
    ColourModel colour = head.colour();
    int transform = colour == ColourModel.YCCK ? 2 : colour == ColourModel.YCBCR ? 1 : 0;
    ImageReader reader = plugin.createReaderInstance();
    try {
      reader.setInput(new ByteArrayImageInput(JpegCleaner.bare(file, transform)), true, true);
      // The reader puts several scans out one after the other, each as a whole picture.
      boolean inPasses = info.scans() > 1;
      return switch (colour) {
        case GRAY -> read(reader, head, Layout.GRAY, enoughLongEdge, inPasses);
        case CMYK, YCCK -> readInks(reader, head, enoughLongEdge);
        default -> read(reader, head, Layout.RGB, enoughLongEdge, inPasses);
      };
    } finally {
      reader.dispose();
    }
  }

  private static PixelImage read(
      ImageReader reader, JpegStructure head, Layout layout, int enoughLongEdge, boolean inPasses)
      throws IOException {
    int width = head.width();
    int height = head.height();
    ScalingCanvas canvas =
        ScalingCanvas.of(layout, width, height, new Size(width, height).within(enoughLongEdge));
    if (inPasses) {
      byte[][] all = new byte[height][width * layout.channels()];
      read(
          reader,
          layout,
          width,
          height,
          (y, row) -> System.arraycopy(row, 0, all[y], 0, row.length));
      for (byte[] row : all) {
        canvas.row(row, 0);
      }
    } else {
      read(reader, layout, width, height, (y, row) -> takeInOrder(canvas, y, row));
    }
    return canvas.finish();
  }

  private static void takeInOrder(ScalingCanvas canvas, int y, byte[] row) {
    if (y == 0) {
      canvas.restart();
    }
    if (y != canvas.taken()) {
      throw new IllegalStateException(
          "the JPEG reader delivers row " + y + " before row " + canvas.taken());
    }
    canvas.row(row, 0);
  }

  private static void read(ImageReader reader, Layout layout, int width, int height, RowTaker taker)
      throws IOException {
    int space = layout == Layout.GRAY ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setDestination(
        new BufferedImage(model, new RowRaster(layout, width, height, taker), false, null));
    reader.read(0, param);
  }

  /** Four inks: the reader refuses them as a picture and gives them only raw. */
  private static PixelImage readInks(ImageReader reader, JpegStructure head, int enoughLongEdge)
      throws IOException {
    Raster raw = reader.readRaster(0, null);
    byte[] samples = ((DataBufferByte) raw.getDataBuffer()).getData();
    int width = head.width();
    Size size = new Size(width, head.height()).within(enoughLongEdge);
    ScalingCanvas canvas = ScalingCanvas.of(Layout.CMYK, width, head.height(), size);
    boolean mixed = head.colour() == ColourModel.YCCK;
    for (int y = 0; y < head.height(); y++) {
      int from = y * width * 4;
      if (mixed) {
        Inks.fromYcck(samples, from, width);
      }
      if (head.hasAdobe()) {
        Inks.invert(samples, from, width);
      }
      canvas.row(samples, from);
    }
    return canvas.finish();
  }
}
