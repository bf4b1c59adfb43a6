package dev.cutline.imaging;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes with the writer of the JDK, whose defaults are what is wanted: baseline, JFIF, 4:2:0,
 * nothing else.
 */
final class ImageIoJpegEncoder implements JpegEncoder {
  private final ImageWriterSpi plugin = ImageIoPlugins.jpegWriter();

  @Override
  public byte[] encode(PixelImage image, int quality) {
    ByteArrayOutputStream file = new ByteArrayOutputStream(image.samples().length / 8 + 1024);
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      write(image, quality, out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return file.toByteArray();
  }

  private void write(PixelImage image, int quality, ImageOutputStream out) throws IOException {
    ImageWriter writer = plugin.createWriterInstance();
    try {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality / 100f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture(image), null, null), param);
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage picture(PixelImage image) {
    if (image.layout() != PixelImage.Layout.RGB) {
      throw new IllegalArgumentException("convert the picture to RGB first: " + image);
    }
    byte[] samples = image.samples();
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(samples, samples.length),
            image.width(),
            image.height(),
            image.width() * 3,
            3,
            new int[] {0, 1, 2},
            null);
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(model, raster, false, null);
  }
}
