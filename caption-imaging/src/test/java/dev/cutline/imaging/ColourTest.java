package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.imaging.PixelImage.Layout;
import dev.cutline.testsupport.corpus.Corpus;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What becomes of colours beyond what {@link ReferenceTest} compares with other readers. */
class ColourTest {
  @Test
  void whatIsTransparentIsWhite() {
    PixelImage gif = shown("gif/transparent.gif");

    assertThat(Pixels.rgb(gif, 0, 0)).isEqualTo(0xFFFFFF);
    assertThat(Pixels.rgb(gif, 200, 145)).isNotEqualTo(0xFFFFFF);
  }

  @Test
  void displayP3IsConvertedAndGetsStronger() {
    byte[] file = Corpus.bytes("photos/street-bus.jpg");
    PixelImage raw = Pixels.decoded(file);
    PixelImage srgb = Pixels.shown(file);

    assertThat(redness(srgb)).isGreaterThan(redness(raw) + 1);
    assertThat(Pixels.meanDifference(srgb, raw)).isBetween(0.5, 10.0);
  }

  @Test
  void aProfileThatIsSrgbUnderAnotherNameChangesNothing() {
    byte[] file = Corpus.bytes("metadata/all-metadata.jpg");
    PixelImage raw = Pixels.decoded(file);

    assertThat(
            ColourConverter.toSrgb(raw, Profiles.of(file, Pixels.INSPECTOR.inspect(file).format())))
        .isSameAs(raw);
    assertThat(ColourConverter.toSrgb(raw, null)).isSameAs(raw);
  }

  @Test
  void aProfileThatDoesNotFitOrIsBrokenIsIgnored() {
    PixelImage gray = PixelImage.wrap(Layout.GRAY, 1, 1, new byte[] {77});
    PixelImage rgb = PixelImage.wrap(Layout.RGB, 1, 1, new byte[] {77, 77, 77});
    byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    byte[] hollow = ImageInspectorTest.profileOf(400);
    System.arraycopy(srgb, 0, hollow, 0, 128);

    assertThat(ColourConverter.toSrgb(gray, srgb).samples()).containsExactly(77, 77, 77);
    assertThat(ColourConverter.toSrgb(rgb, hollow)).isSameAs(rgb);
    assertThat(ColourConverter.toSrgb(rgb, new byte[200])).isSameAs(rgb);
  }

  @Test
  void aGrayProfileIsHeeded() {
    PixelImage gray = PixelImage.wrap(Layout.GRAY, 3, 1, new byte[] {0, 55, (byte) 255});
    byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();

    PixelImage srgb = ColourConverter.toSrgb(gray, linear);

    assertThat(srgb.samples()[0]).isZero();
    assertThat(srgb.samples()[3] & 0xFF).isBetween(120, 136); // 55 of 255 in linear light
    assertThat(srgb.samples()[8]).isEqualTo((byte) 255);
  }

  @Test
  void inksWithoutAProfileTakeTheirShareOfLight() {
    byte[] inks = {
      0, 0, 0, 0, // none
      -1, 0, 0, 0, // full cyan
      0, 0, 0, -1, // full black
      0, 0, 0, 127 // half of it
    };

    assertThat(Inks.toRgb(inks)).containsExactly(-1, -1, -1, 0, -1, -1, 0, 0, 0, -128, -128, -128);
  }

  @Test
  void inksOfAJpegWithoutAdobeMarkerAreNotInverted() {
    // Even gray is coded as 128, which inverted is 127.
    PixelImage plain = Pixels.decoded(SyntheticJpeg.of(8, 8).components(4).toBytes());
    PixelImage adobe = Pixels.decoded(SyntheticJpeg.of(8, 8).components(4).adobe(0).toBytes());

    assertThat(plain.samples()).containsOnly(128);
    assertThat(adobe.samples()).containsOnly(127);
  }

  private static PixelImage shown(String path) {
    return Pixels.shown(Corpus.bytes(path));
  }

  /** Returns how far red lies above green in the reddest tenth of the picture. */
  private static double redness(PixelImage image) {
    int[] differences = new int[image.width() * image.height()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = (image.samples()[3 * i] & 0xFF) - (image.samples()[3 * i + 1] & 0xFF);
    }
    Arrays.sort(differences);
    long sum = 0;
    int tenth = differences.length / 10;
    for (int i = differences.length - tenth; i < differences.length; i++) {
      sum += differences[i];
    }
    return (double) sum / tenth;
  }
}
