package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Reason;
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
  void keepsWithinTheBytes() {
    ImageData fitted = fitter.fit(jpeg, Capabilities.builder().maxBytes(5_000).build());

    assertThat(fitted.size()).isLessThanOrEqualTo(5_000);
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
  void saysSoWhereNeitherThePictureNorAJpegIsTaken() {
    Capabilities webpOnly = Capabilities.builder().formats(Set.of(ImageFormat.WEBP)).build();

    assertThatThrownBy(() -> fitter.fit(jpeg, webpOnly))
        .isInstanceOfSatisfying(
            CaptionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT))
        .hasMessageContaining("WEBP");
  }

  @Test
  void halvesTheSides() {
    ImageData smaller = fitter.smaller(jpeg);

    assertThat(smaller.width()).isEqualTo(320);
    assertThat(smaller.size()).isLessThan(jpeg.size());
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
