package dev.cutline.imaging;

import com.twelvemonkeys.imageio.plugins.webp.lossless.VP8LDecoder;
import com.twelvemonkeys.imageio.plugins.webp.vp8.VP8Frame;
import dev.cutline.imaging.PixelImage.Layout;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the first frame of a WebP with the decoders of TwelveMonkeys, composed on its canvas,
 * flattened on white. Their image reader is passed over: it would hold the whole picture, apply the
 * profile at full size, refuse files with a reserved bit, and take transparency without compression
 * for opaque.
 */
final class WebpPixelDecoder implements PixelDecoder {
  @Override
  public PixelImage decode(byte[] file, ImageInfo info, int enoughLongEdge) throws IOException {
    WebpStructure webp = WebpStructure.read(file, ImageLimits.NONE);
    WebpFrame frame = webp.firstFrame();
    Size size = new Size(webp.width(), webp.height()).within(enoughLongEdge);
    ScalingCanvas canvas = ScalingCanvas.of(Layout.RGB, webp.width(), webp.height(), size);
    WebpComposer composer = new WebpComposer(canvas, webp);
    composer.above();
    if (frame.lossless()) {
      lossless(file, frame, composer);
    } else {
      lossy(file, frame, composer);
    }
    composer.below();
    return canvas.finish();
  }

  private static void lossless(byte[] file, WebpFrame frame, WebpComposer composer)
      throws IOException {
    int width = frame.width();
    byte[] samples = lossless(file, frame.data(), width, frame.height());
    byte[] rgb = new byte[3 * width];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0, from = 4 * y * width, to = 0; x < width; x++, from += 4, to += 3) {
        int alpha = frame.alpha() ? samples[from + 3] & 0xFF : 255;
        rgb[to] = onWhite(samples[from], alpha);
        rgb[to + 1] = onWhite(samples[from + 1], alpha);
        rgb[to + 2] = onWhite(samples[from + 2], alpha);
      }
      composer.row(rgb);
    }
  }

  /** Returns red, green, blue and alpha of each pixel of a lossless picture. */
  static byte[] lossless(byte[] file, Range data, int width, int height) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
    new VP8LDecoder(input(file, data), false).readVP8Lossless(raster, true, null, width, height);
    return ((DataBufferByte) raster.getDataBuffer()).getData();
  }

  private static void lossy(byte[] file, WebpFrame frame, WebpComposer composer)
      throws IOException {
    int width = frame.width();
    Range alphaData = frame.alphaData();
    byte[] alpha = alphaData == null ? null : WebpAlpha.decode(file, alphaData, frame);
    BlockRaster raster =
        new BlockRaster(
            width,
            frame.height(),
            (y, rgb) -> {
              flatten(rgb, alpha, y * width);
              composer.row(rgb);
            });
    if (!new VP8Frame(input(file, frame.data()), false).decode(raster, null)) {
      throw new IOException("the picture of the WebP is no key frame");
    }
    raster.finish();
  }

  private static void flatten(byte[] rgb, byte @Nullable [] alpha, int from) {
    if (alpha == null) {
      return;
    }
    for (int x = 0, at = 0; at < rgb.length; x++) {
      int opacity = alpha[from + x] & 0xFF;
      for (int c = 0; c < 3; c++, at++) {
        rgb[at] = onWhite(rgb[at], opacity);
      }
    }
  }

  private static byte onWhite(byte value, int alpha) {
    return (byte) (((value & 0xFF) * alpha + 255 * (255 - alpha) + 127) / 255);
  }

  private static ByteArrayImageInput input(byte[] file, Range data) {
    ByteArrayImageInput input = new ByteArrayImageInput(file, data);
    input.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    return input;
  }
}
