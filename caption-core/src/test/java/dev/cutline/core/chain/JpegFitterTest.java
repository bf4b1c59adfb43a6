package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
import dev.cutline.imaging.MemoryGate;
import dev.cutline.imaging.Renderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class JpegFitterTest {
  private final JpegFitter fitter = new JpegFitter();
  private final ImageData jpeg = picture(ImageFormat.JPEG, 640, 427);

  @Test
  void returnsTheSamePictureWhereItFits() {
    assertThat(fitter.fit(jpeg, Capabilities.builder().build())).isSameAs(jpeg);
  }

  @Test
  void keepsWithinTheLongEdge() {
    ImageData fitted = fitter.fit(jpeg, Capabilities.builder().maxLongEdge(200).build());

    assertThat(fitted.width()).isEqualTo(200);
    assertThat(fitted.height()).isEqualTo(133);
    assertThat(fitted.format()).isEqualTo(ImageFormat.JPEG);
  }

  @Test
  void keepsWithinThePixelsWhateverTheProportions() {
    for (int[] size : new int[][] {{640, 427}, {427, 640}, {600, 3}, {333, 332}}) {
      ImageData picture = picture(ImageFormat.PNG, size[0], size[1]);
      for (long most : new long[] {1, 7, 500, 999, 40_000}) {
        ImageData fitted = fitter.fit(picture, Capabilities.builder().maxPixels(most).build());

        assertThat((long) fitted.width() * fitted.height()).isBetween(1L, most);
      }
    }
  }

  @Test
  void takesEveryLimitAsItsLastGoodValue() {
    long pixels = 640L * 427;
    Capabilities.Builder exact =
        Capabilities.builder().maxLongEdge(640).maxPixels(pixels).maxBytes(jpeg.size());
    assertThat(fitter.fit(jpeg, exact.build())).isSameAs(jpeg);

    ImageData narrower = fitter.fit(jpeg, Capabilities.builder().maxLongEdge(639).build());
    assertThat(narrower.longEdge()).isEqualTo(639);
    ImageData fewer = fitter.fit(jpeg, Capabilities.builder().maxPixels(pixels - 1).build());
    assertThat((long) fewer.width() * fewer.height()).isLessThan(pixels);
    assertThat(fewer.width()).as("as large as can be").isEqualTo(639);
    ImageData lighter = fitter.fit(jpeg, Capabilities.builder().maxBytes(jpeg.size() - 1).build());
    assertThat(lighter.size()).isLessThan(jpeg.size());
    assertThat(lighter.width()).as("of lower quality before it is smaller").isEqualTo(640);
  }

  @Test
  void keepsAllLimitsTogether() {
    Capabilities small =
        Capabilities.builder().maxBytes(5_000).maxPixels(30_000).maxLongEdge(200).build();

    ImageData fitted = fitter.fit(jpeg, small);

    assertThat(fitted.size()).isLessThanOrEqualTo(5_000);
    assertThat((long) fitted.width() * fitted.height()).isLessThanOrEqualTo(30_000);
    assertThat(fitted.longEdge()).isLessThanOrEqualTo(200);
  }

  @Test
  void saysSoWhereNoRenditionHasSoFewBytes() {
    assertThatThrownBy(() -> fitter.fit(jpeg, Capabilities.builder().maxBytes(100).build()))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT));
  }

  @Test
  void saysSoWhereThePictureCannotBeDecoded() {
    ImageData broken = ImageData.of(new byte[] {1, 2, 3}, ImageFormat.JPEG, 640, 427);

    assertThatThrownBy(() -> fitter.fit(broken, Capabilities.builder().maxLongEdge(10).build()))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_IMAGE));
  }

  @Test
  void turnsAFormatThatIsNotTakenIntoJpeg() {
    ImageData png = picture(ImageFormat.PNG, 64, 48);

    ImageData fitted =
        fitter.fit(png, Capabilities.builder().formats(Set.of(ImageFormat.JPEG)).build());

    assertThat(fitted.format()).isEqualTo(ImageFormat.JPEG);
    assertThat(fitted.width()).isEqualTo(64);
  }

  @Test
  void keepsTheLimitsOfAFormatThatIsNotTakenToo() {
    ImageData png = picture(ImageFormat.PNG, 64, 48);
    Capabilities jpegOnly =
        Capabilities.builder().formats(Set.of(ImageFormat.JPEG)).maxLongEdge(32).build();

    assertThat(fitter.fit(png, jpegOnly).longEdge()).isEqualTo(32);
  }

  @Test
  void takesAFormatOtherThanJpegAsItIsButRendersNoneOfIt() {
    ImageData png = picture(ImageFormat.PNG, 64, 48);
    Capabilities.Builder pngOnly = Capabilities.builder().formats(Set.of(ImageFormat.PNG));

    assertThat(fitter.fit(png, pngOnly.maxLongEdge(64).build())).isSameAs(png);
    Capabilities tooSmall = pngOnly.maxLongEdge(63).build();
    assertThatThrownBy(() -> fitter.fit(png, tooSmall))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT));
    assertThatThrownBy(() -> fitter.smaller(png, tooSmall))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT));
  }

  @Test
  void saysSoWhereNeitherThePictureNorAJpegIsTaken() {
    Capabilities webpOnly = Capabilities.builder().formats(Set.of(ImageFormat.WEBP)).build();

    assertThatThrownBy(() -> fitter.fit(jpeg, webpOnly))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT))
        .hasMessageContaining("WEBP");
  }

  @Test
  void halvesTheSidesWithinWhatIsTaken() {
    Capabilities any = Capabilities.builder().build();
    ImageData smaller = fitter.smaller(jpeg, any);

    assertThat(smaller.width()).isEqualTo(320);
    assertThat(smaller.size()).isLessThan(jpeg.size());
    assertThat(fitter.smaller(jpeg, Capabilities.builder().maxBytes(5_000).build()).size())
        .isLessThanOrEqualTo(5_000);
    ImageData dot = picture(ImageFormat.JPEG, 1, 1);
    assertThat(fitter.smaller(dot, any)).isSameAs(dot);
  }

  @Test
  void rendersFromTheThumbnailWhereItIsLargeEnough() {
    ImageData thumbnail = picture(ImageFormat.JPEG, 300, 200);
    fitter.learn(jpeg, thumbnail);

    assertThat(fitter.fit(jpeg, Capabilities.builder().maxLongEdge(300).build()))
        .isSameAs(thumbnail);
    assertThat(fitter.fit(jpeg, Capabilities.builder().maxLongEdge(301).build()).longEdge())
        .isEqualTo(301);
    // The thumbnail's sides are rounded: what is rendered from it keeps to the pixels all the same.
    for (long most : new long[] {500, 999, 40_000}) {
      ImageData fitted = fitter.fit(jpeg, Capabilities.builder().maxPixels(most).build());
      assertThat((long) fitted.width() * fitted.height()).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void waitsForMemoryAndHeedsInterruptsMeanwhile() throws InterruptedException {
    MemoryGate gate = new MemoryGate(1 << 24);
    JpegFitter waiting = new JpegFitter(new Renderer(), gate);
    MemoryGate.Permit all = gate.acquire(1 << 24);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> waiting.fit(jpeg, Capabilities.builder().maxLongEdge(9).build()))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
    all.close();
    assertThat(waiting.fit(jpeg, Capabilities.builder().maxLongEdge(9).build()).longEdge())
        .isEqualTo(9);
  }

  /** A gradient with some structure, so that it does not compress to nothing. */
  private static ImageData picture(ImageFormat format, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 7 ^ y * 13) & 0xFF | x << 8 & 0xFF00 | y << 16 & 0xFF0000);
      }
    }
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, format == ImageFormat.JPEG ? "jpeg" : "png", bytes);
      return ImageData.of(bytes.toByteArray(), format, width, height);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
