package dev.cutline.imaging;

import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a picture everything that is shown or sent: one decode, then each rendition from the one
 * before it. Thread-safe.
 *
 * <p>Takes up to {@link ImageInfo#decodeMemory()} bytes; several threads share what there is
 * through a {@link MemoryGate}.
 */
public final class Renderer {
  /** Pixels of the longer side of the picture for models. */
  public static final int MODEL_EDGE = 1568;

  /** Pixels of the longer side of the thumbnail. */
  public static final int THUMBNAIL_EDGE = 300;

  /** Pixels of each side of the square thumbnail. */
  public static final int SQUARE_EDGE = 200;

  private static final int QUALITY = 85;
  private static final int[] LOWER_QUALITIES = {QUALITY, 75, 60};
  private static final int SMALLEST_EDGE = 32;

  private final PixelDecoder decoder;
  private final Resampler resampler;
  private final JpegEncoder encoder;
  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());

  /** Makes a renderer with the codecs of the JDK, TwelveMonkeys and this module. */
  public Renderer() {
    this(new FormatDecoder(), new LanczosResampler(), new ImageIoJpegEncoder());
  }

  /** Makes a renderer with codecs of your own. */
  public Renderer(PixelDecoder decoder, Resampler resampler, JpegEncoder encoder) {
    this.decoder = Objects.requireNonNull(decoder, "decoder");
    this.resampler = Objects.requireNonNull(resampler, "resampler");
    this.encoder = Objects.requireNonNull(encoder, "encoder");
  }

  /**
   * Returns the renditions of a picture; of an animation, of its first frame.
   *
   * @param file the whole file; not changed and not kept
   * @param info what {@link ImageInspector} says about this file
   * @throws ImageRejectedException ({@link Rejection#BROKEN}) if the picture data cannot be decoded
   */
  public Renditions render(byte[] file, ImageInfo info) {
    PixelImage decoded = decode(file, info, enoughLongEdge(info.width(), info.height()));
    byte[] profile = profile(file, info);
    PixelImage model = finish(scaled(decoded, coded(info).within(MODEL_EDGE)), profile, info);
    PixelImage thumbnail = scaled(model, size(model).within(THUMBNAIL_EDGE));
    PixelImage square = square(decoded, profile, info, model, thumbnail);
    return new Renditions(
        encode(model), encode(thumbnail), encode(square), PerceptualHash.of(thumbnail));
  }

  /**
   * Returns a rendition that fits the limits of a provider: first scaled down, then of lower
   * quality, then smaller step by step until it fits.
   *
   * @param model a rendition of {@link #render}, or another picture that is within the default
   *     limits
   * @param maxLongEdge pixels of the longer side, at least 1
   * @param maxBytes of the file, at least 1
   * @return the same picture where it fits already, otherwise a JPEG
   * @throws ImageRejectedException if it cannot be made as small as {@code maxBytes}, or is no
   *     picture
   */
  public ImageData renderSmaller(ImageData model, int maxLongEdge, long maxBytes) {
    if (maxLongEdge < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "limits are at least 1: " + maxLongEdge + " px, " + maxBytes + " bytes");
    }
    if (model.longEdge() <= maxLongEdge && model.size() <= maxBytes) {
      return model;
    }
    byte[] file = model.toByteArray();
    ImageInfo info = inspector.inspect(file);
    PixelImage decoded = decode(file, info, maxLongEdge);
    PixelImage picture =
        finish(scaled(decoded, coded(info).within(maxLongEdge)), profile(file, info), info);
    while (true) {
      for (int quality : LOWER_QUALITIES) {
        ImageData encoded = encode(picture, quality);
        if (encoded.size() <= maxBytes) {
          return encoded;
        }
      }
      int edge = size(picture).longEdge() * 3 / 4;
      if (edge < SMALLEST_EDGE) {
        throw new ImageRejectedException(
            Rejection.TOO_MANY_BYTES,
            String.format(
                Locale.ROOT,
                "no rendition of the picture fits into %,d bytes; raise the limit",
                maxBytes));
      }
      picture = scaled(picture, size(picture).within(edge));
    }
  }

  /**
   * Returns the longer side, as coded, of a decoded picture that is large enough for every
   * rendition.
   */
  static int enoughLongEdge(int width, int height) {
    Size coded = new Size(width, height);
    return Math.max(coded.within(MODEL_EDGE).longEdge(), coded.covering(SQUARE_EDGE).longEdge());
  }

  private PixelImage decode(byte[] file, ImageInfo info, int enoughLongEdge) {
    try {
      return decoder.decode(file, info, enoughLongEdge);
    } catch (ImageRejectedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw Refusals.undecodable(info.format().name(), e);
    }
  }

  private static byte @Nullable [] profile(byte[] file, ImageInfo info) {
    return info.hasColourProfile() ? Profiles.of(file, info.format()) : null;
  }

  private static PixelImage finish(PixelImage image, byte @Nullable [] profile, ImageInfo info) {
    return Geometry.upright(ColourConverter.toSrgb(image, profile), info.orientation());
  }

  /**
   * From the smallest picture whose shorter side is enough; of a long narrow one, from what was
   * decoded.
   */
  private PixelImage square(
      PixelImage decoded,
      byte @Nullable [] profile,
      ImageInfo info,
      PixelImage model,
      PixelImage thumbnail) {
    PixelImage source = size(thumbnail).shortEdge() >= SQUARE_EDGE ? thumbnail : model;
    if (size(model).shortEdge() < Math.min(SQUARE_EDGE, size(decoded).shortEdge())) {
      source = finish(scaled(decoded, size(decoded).covering(SQUARE_EDGE)), profile, info);
    }
    return Geometry.centreSquare(scaled(source, size(source).covering(SQUARE_EDGE)), SQUARE_EDGE);
  }

  private PixelImage scaled(PixelImage image, Size size) {
    return resampler.resample(image, size.width(), size.height());
  }

  private ImageData encode(PixelImage image) {
    return encode(image, QUALITY);
  }

  private ImageData encode(PixelImage image, int quality) {
    return ImageData.wrap(
        encoder.encode(image, quality), ImageFormat.JPEG, image.width(), image.height());
  }

  private static Size size(PixelImage image) {
    return new Size(image.width(), image.height());
  }

  private static Size coded(ImageInfo info) {
    return new Size(info.width(), info.height());
  }
}
