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
      ImageReadParam param = reader.getDefaultReadParam();
      return switch (colour) {
        case GRAY -> streamed(reader, param, head, Layout.GRAY, enoughLongEdge);
        case CMYK, YCCK -> inks(reader, param, head, enoughLongEdge);
        default -> streamed(reader, param, head, Layout.RGB, enoughLongEdge);
      };
    } finally {
      reader.dispose();
    }
  }

  private static PixelImage streamed(
      ImageReader reader,
      ImageReadParam param,
      JpegStructure head,
      Layout layout,
      int enoughLongEdge)
      throws IOException {
    ShrinkingCanvas canvas =
        ShrinkingCanvas.ofRows(layout, head.width(), head.height(), enoughLongEdge);
    RowRaster raster = new RowRaster(layout, head.width(), head.height(), canvas);
    int space = layout == Layout.GRAY ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    param.setDestination(new BufferedImage(model, raster, false, null));
    reader.read(0, param);
    if (raster.rows() != head.height()) {
      throw new IOException(
          "the JPEG reader delivered " + raster.rows() + " of " + head.height() + " rows");
    }
    return canvas.finish();
  }

  /** Four inks: the reader refuses them as a picture and gives them only raw. */
  private static PixelImage inks(
      ImageReader reader, ImageReadParam param, JpegStructure head, int enoughLongEdge)
      throws IOException {
    Raster raw = reader.readRaster(0, param);
    byte[] samples = ((DataBufferByte) raw.getDataBuffer()).getData();
    int width = head.width();
    ShrinkingCanvas canvas =
        ShrinkingCanvas.ofRows(Layout.CMYK, width, head.height(), enoughLongEdge);
    boolean mixed = head.colour() == ColourModel.YCCK;
    for (int y = 0; y < head.height(); y++) {
      int from = y * width * 4;
      if (mixed) {
        Inks.fromYcck(samples, from, width);
      }
      if (head.hasAdobe()) {
        Inks.invert(samples, from, width);
      }
      canvas.row(y, samples, from);
    }
    return canvas.finish();
  }
}
