package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageData;
import dev.cutline.imaging.PixelImage.Layout;
import dev.cutline.testsupport.corpus.Corpus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {
  private final Renderer renderer = new Renderer();

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void everyOrientationRendersToTheSameUprightPicture(int exifValue) {
    Renditions upright = render("orientation/landscape_1.jpg");
    Renditions turned = render("orientation/landscape_" + exifValue + ".jpg");

    assertThat(turned.model().width()).isEqualTo(1568);
    assertThat(turned.model().height()).isEqualTo(1045);
    // Each file was compressed for itself: libvips finds them up to 3.7 apart at full size and 1.34
    // as
    // thumbnails, to which the compression of the renditions adds its own noise.
    assertThat(difference(turned.model(), upright.model())).isLessThan(5);
    assertThat(difference(turned.thumbnail(), upright.thumbnail())).isLessThan(2);
    assertThat(difference(turned.square(), upright.square())).isLessThan(2);
    assertThat(PerceptualHash.distance(turned.perceptualHash(), upright.perceptualHash()))
        .isLessThanOrEqualTo(2);
  }

  @Test
  void aPictureTurnedTheWrongWayWouldBeNoticed() {
    PixelImage upright = Pixels.decoded(render("orientation/landscape_1.jpg").thumbnail());

    for (Orientation wrong :
        List.of(Orientation.MIRRORED, Orientation.ROTATED_180, Orientation.FLIPPED)) {
      assertThat(Pixels.meanDifference(Geometry.upright(upright, wrong), upright))
          .isGreaterThan(15);
    }
  }

  @Test
  void orientationIsHonouredInEveryFormatThatHasIt() {
    PixelImage jpeg =
        Pixels.decoded(render("metadata/all-metadata-orientation6-progressive.jpg").thumbnail());
    PixelImage webp = Pixels.decoded(render("webp/all-metadata-orientation6.webp").thumbnail());
    Renditions png = render("png/all-metadata-orientation8.png");

    assertThat(jpeg).hasToString("RGB 200x300");
    assertThat(Pixels.meanDifference(webp, jpeg)).isLessThan(4);
    assertThat(png.model().width()).isEqualTo(348);
    PixelImage turnedBack = Geometry.upright(Pixels.decoded(png.model()), Orientation.ROTATED_90);
    PixelImage straight = Pixels.decoded(render("png/rgb8.png").model());
    assertThat(Pixels.meanDifference(turnedBack, straight)).isLessThan(2);
  }

  /** Pixels 1 to 6 of a picture of 3 x 2, read as it is to be seen. */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 123456",
    "2, 3, 321654",
    "3, 3, 654321",
    "4, 3, 456123",
    "5, 2, 142536",
    "6, 2, 415263",
    "7, 2, 635241",
    "8, 2, 362514"
  })
  void eachPixelGoesToItsPlace(int exifValue, int width, String expected) {
    PixelImage image = PixelImage.wrap(Layout.GRAY, 3, 2, new byte[] {1, 2, 3, 4, 5, 6});

    PixelImage upright = Geometry.upright(image, Orientation.of(exifValue));

    StringBuilder seen = new StringBuilder();
    for (byte sample : upright.samples()) {
      seen.append(sample);
    }
    assertThat(seen).hasToString(expected);
    assertThat(upright.width()).isEqualTo(width);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 9, 1000})
  void nonsenseMeansUpright(int exifValue) {
    assertThat(Orientation.of(exifValue)).isEqualTo(Orientation.NORMAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void valuesAreThoseOfExif(int exifValue) {
    assertThat(Orientation.of(exifValue).exifValue()).isEqualTo(exifValue);
    assertThat(Orientation.of(exifValue).swapsSides()).isEqualTo(exifValue > 4);
  }

  private static double difference(ImageData one, ImageData other) {
    return Pixels.meanDifference(Pixels.decoded(one), Pixels.decoded(other));
  }

  private Renditions render(String path) {
    byte[] file = Corpus.bytes(path);
    return renderer.render(file, Pixels.INSPECTOR.inspect(file));
  }
}
