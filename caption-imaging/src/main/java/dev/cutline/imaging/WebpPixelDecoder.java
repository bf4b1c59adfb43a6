package dev.cutline.imaging;

import com.twelvemonkeys.imageio.plugins.webp.vp8.VP8Frame;
import dev.cutline.imaging.PixelImage.Layout;
import java.io.IOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the first frame of a WebP, composed on its canvas, flattened on white: lossy coding with
 * the decoder of TwelveMonkeys, lossless coding with {@link Vp8lDecoder}. The image reader of
 * TwelveMonkeys is passed over: it would hold the whole picture, apply the profile at full size,
 * refuse files with a reserved bit, and take transparency without compression for opaque.
 */
final class WebpPixelDecoder implements PixelDecoder {
  private static final int LOSSLESS_HEADER = 5;

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
    Range data = new Range(frame.data().from() + LOSSLESS_HEADER, frame.data().to());
    byte[] rgb = new byte[3 * width];
    new Vp8lDecoder(file, data, width, frame.height())
        .decode(
            (y, argb) -> {
              for (int x = 0, to = 0; x < width; x++, to += 3) {
                int pixel = argb[x];
                int alpha = frame.alpha() ? pixel >>> 24 : 255;
                rgb[to] = onWhite((byte) (pixel >> 16), alpha);
                rgb[to + 1] = onWhite((byte) (pixel >> 8), alpha);
                rgb[to + 2] = onWhite((byte) pixel, alpha);
              }
              composer.row(rgb);
            });
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
