package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageFormat;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MetadataStripperTest {
  /** In every private value of the corpus; the numbers are those of an invented place. */
  private static final List<String> PRIVATE = List.of("secret", "private", "48.8584");

  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());
  private final MetadataStripper stripper = new MetadataStripper();

  static List<Picture> accepted() {
    return Corpus.pictures().stream().filter(p -> p.verdict() == Verdict.ACCEPT).toList();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void pixelsAreBitIdentical(Picture picture) {
    byte[] file = picture.bytes();
    byte[] clean = strip(file);

    assertThat(codedPixels(clean)).isEqualTo(codedPixels(file));
    PixelImage before = Pixels.decoded(file, 1000);
    PixelImage after = Pixels.decoded(clean, 1000);
    assertThat(after.samples()).isEqualTo(before.samples());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatShowsThePictureStaysAsItWas(Picture picture) {
    byte[] file = picture.bytes();
    ImageInfo before = inspector.inspect(file);
    ImageInfo after = inspector.inspect(strip(file));

    assertThat(after).hasToString(before.toString());
    assertThat(after.hasColourProfile()).isEqualTo(before.hasColourProfile());
    assertThat(Profiles.of(strip(file), after.format()))
        .isEqualTo(Profiles.of(file, before.format()));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void cleaningAgainChangesNothing(Picture picture) {
    byte[] once = strip(picture.bytes());

    assertThat(strip(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void nothingPrivateIsLeft(Picture picture) {
    String clean = text(strip(picture.bytes()));

    assertThat(clean).doesNotContain(PRIVATE);
  }

  @Test
  void theCorpusDoesHoldPrivateThings() {
    List<String> telling = new ArrayList<>();
    for (Picture picture : accepted()) {
      if (PRIVATE.stream().anyMatch(text(picture.bytes())::contains)) {
        telling.add(picture.path());
      }
    }

    assertThat(telling)
        .contains(
            "metadata/all-metadata.jpg", "metadata/trailing-zip.jpg", "metadata/xmp-iptc-only.jpg")
        .contains(
            "gif/xmp-comment.gif",
            "webp/all-metadata-orientation6.webp",
            "webp/animated-exif-xmp.webp");
  }

  @Test
  void orientationIsWrittenAnewAndAlone() {
    byte[] clean = strip(Corpus.bytes("orientation/landscape_6.jpg"));
    String text = new String(clean, StandardCharsets.ISO_8859_1);

    int exif = text.indexOf("Exif\0\0");
    assertThat(Bytes.u16be(clean, exif - 2)).isEqualTo(2 + 6 + 26);
    assertThat(text.indexOf("Exif\0\0", exif + 1)).isNegative();
    assertThat(inspector.inspect(clean).orientation()).isEqualTo(Orientation.ROTATED_90);
  }

  @Test
  void uprightPicturesGetNoExifAtAll() {
    for (String path :
        List.of(
            "metadata/all-metadata.jpg",
            "orientation/landscape_1.jpg",
            "metadata/mpf-stereo.jpg")) {
      assertThat(text(strip(Corpus.bytes(path)))).doesNotContain("exif");
    }
  }

  @Test
  void everythingBehindTheEndOfAPictureGoes() {
    byte[] secret = "secret".getBytes(StandardCharsets.ISO_8859_1);
    for (String path :
        List.of("photos/cat.jpg", "png/rgb8.png", "gif/animated.gif", "photos/coral.webp")) {
      byte[] file = Corpus.bytes(path);
      byte[] longer = Arrays.copyOf(file, file.length + secret.length);
      System.arraycopy(secret, 0, longer, file.length, secret.length);

      assertThat(strip(longer)).isEqualTo(strip(file));
    }
  }

  @Test
  void theSecondPictureOfAStereoCameraGoes() {
    byte[] clean = strip(Corpus.bytes("metadata/mpf-stereo.jpg"));

    assertThat(count(clean, 0xFF, 0xD8, 0xFF)).isEqualTo(1);
    assertThat(text(clean)).doesNotContain("mpf").doesNotContain("nintendo");
  }

  @Test
  void theThumbnailInsideOfJfifGoesAndItsDensityStays() {
    byte[] jfif = {'J', 'F', 'I', 'F', 0, 1, 2, 1, 0, 72, 0, 96, 1, 1, 11, 22, 33};
    byte[] file = SyntheticJpeg.of(8, 8).withoutJfif().segment(0xE0, jfif).toBytes();
    byte[] clean = strip(file);

    int at = new String(clean, StandardCharsets.ISO_8859_1).indexOf("JFIF");
    assertThat(Bytes.u16be(clean, at - 2)).isEqualTo(16);
    assertThat(Arrays.copyOfRange(clean, at + 5, at + 14))
        .containsExactly(1, 2, 1, 0, 72, 0, 96, 0, 0);
  }

  @Test
  void aJfifHeaderThatIsTooShortIsMended() {
    byte[] file =
        SyntheticJpeg.of(8, 8)
            .withoutJfif()
            .segment(0xE0, new byte[] {'J', 'F', 'I', 'F', 0})
            .toBytes();

    assertThat(strip(file)).isEqualTo(strip(SyntheticJpeg.of(8, 8).toBytes()));
  }

  /** Without JFIF and EXIF, the reader of the JDK takes YCbCr that is not subsampled for RGB. */
  @Test
  void aPictureThatLosesItsExifGetsJfif() {
    byte[] exif = "Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    SyntheticJpeg only = SyntheticJpeg.of(8, 8).withoutJfif().segment(0xE1, exif);

    assertThat(text(strip(only.toBytes()))).contains("jfif");
    assertThat(text(strip(SyntheticJpeg.of(8, 8).withoutJfif().toBytes()))).doesNotContain("jfif");
    byte[] rgb =
        SyntheticJpeg.of(8, 8).withoutJfif().componentId('R').segment(0xE1, exif).toBytes();
    assertThat(text(strip(rgb))).doesNotContain("jfif");
  }

  @Test
  void theAdobeMarkerIsKeptWithoutWhatMayFollowInIt() {
    byte[] adobe = "Adobe\0d\0\0\0\0\0secret".getBytes(StandardCharsets.ISO_8859_1);
    byte[] file = SyntheticJpeg.of(8, 8).withoutJfif().segment(0xEE, adobe).toBytes();
    byte[] clean = strip(file);

    assertThat(text(clean)).contains("adobe").doesNotContain("secret");
    assertThat(inspector.inspect(clean).colour()).isEqualTo(ColourModel.RGB);
  }

  @Test
  void whatJpegApplicationsWriteGoesWhereverItStands() {
    byte[] secret = "secret".getBytes(StandardCharsets.ISO_8859_1);
    SyntheticJpeg jpeg = SyntheticJpeg.of(8, 8).progressive();
    for (int marker = 0xE0; marker <= 0xEF; marker++) {
      jpeg.segment(marker, secret);
    }
    ByteArrayOutputStream between = new ByteArrayOutputStream();
    between.writeBytes(secret); // between segments, where decoders skip it
    SyntheticJpeg.putSegment(between, 0xFE, secret);
    SyntheticJpeg.putSegment(between, 0xF0, secret);
    byte[] file =
        jpeg.segment(0xFE, secret).behindFrame(between.toByteArray()).trailer(secret).toBytes();

    assertThat(strip(file)).isEqualTo(strip(SyntheticJpeg.of(8, 8).progressive().toBytes()));
  }

  @Test
  void aProfileOfManyPiecesIsKeptAndOneThatIsNotWholeGoes() {
    byte[] profile = ImageInspectorTest.profileOf(400);
    byte[] first = ImageInspectorTest.piece(1, 2, Arrays.copyOf(profile, 200));
    byte[] second = ImageInspectorTest.piece(2, 2, Arrays.copyOfRange(profile, 200, 400));
    byte[] whole = SyntheticJpeg.of(8, 8).segment(0xE2, first).segment(0xE2, second).toBytes();
    byte[] half = SyntheticJpeg.of(8, 8).segment(0xE2, first).toBytes();

    assertThat(Profiles.of(strip(whole), ImageFormat.JPEG)).isEqualTo(profile);
    assertThat(text(strip(half))).doesNotContain("icc_profile");
  }

  @Test
  void textTimesAndUnknownChunksOfAPngGo() {
    byte[] secret = "secret".getBytes(StandardCharsets.ISO_8859_1);
    SyntheticPng png =
        SyntheticPng.of(8, 8, 8, 0, 0).chunk("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F});
    for (String type :
        List.of("tEXt", "zTXt", "iTXt", "tIME", "eXIf", "sPLT", "hIST", "prVt", "dSIG")) {
      png.chunk(type, secret);
    }
    byte[] clean = strip(png.data(72).end());

    byte[] bare =
        SyntheticPng.of(8, 8, 8, 0, 0)
            .chunk("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F})
            .data(72)
            .end();
    assertThat(clean).isEqualTo(bare);
  }

  @ParameterizedTest
  @CsvSource({
    "sRGB, 1, 0", "gAMA, 4, 0", "cICP, 4, 0", "cLLI, 8, 0", "pHYs, 9, 0", "mDCV, 24, 0",
    "cHRM, 32, 0", "bKGD, 2, 0", "bKGD, 6, 2", "bKGD, 1, 3", "bKGD, 2, 4", "bKGD, 6, 6",
    "sBIT, 1, 0", "sBIT, 3, 2", "sBIT, 3, 3", "sBIT, 2, 4", "sBIT, 4, 6"
  })
  void aFactOfAPngStaysIfItIsAsLongAsItShouldBe(String type, int length, int colourType) {
    for (int off = -1; off <= 1; off++) {
      byte[] file = withFact(colourType, type, new byte[length + off]);

      assertThat(text(strip(file)).contains(type.toLowerCase(Locale.ROOT)))
          .as("%d bytes", length + off)
          .isEqualTo(off == 0);
    }
  }

  private static byte[] withFact(int colourType, String type, byte[] fact) {
    SyntheticPng png = SyntheticPng.of(8, 8, 8, colourType, 0);
    if (colourType == PngStructure.PALETTE) {
      png.chunk("PLTE", new byte[6]);
    }
    return png.chunk(type, fact).data(264).end();
  }

  @Test
  void onlyTheProfileOfAPngThatIsHeededStays() {
    byte[] profile = ImageInspectorTest.profileOf(400);
    byte[] heeded = HiddenPlacesTest.iccp("k", profile, "");
    byte[] other = HiddenPlacesTest.iccp("k", "secret".getBytes(StandardCharsets.ISO_8859_1), "");
    byte[] first = png().chunk("iCCP", heeded).chunk("iCCP", other).data(72).end();
    byte[] second = png().chunk("iCCP", other).chunk("iCCP", heeded).data(72).end();

    assertThat(Profiles.of(strip(first), ImageFormat.PNG)).isEqualTo(profile);
    assertThat(count(strip(first), 'i', 'C', 'C', 'P')).isEqualTo(1);
    assertThat(strip(second)).isEqualTo(png().data(72).end());
  }

  private static SyntheticPng png() {
    return SyntheticPng.of(8, 8, 8, 0, 0);
  }

  @Test
  void theFramesOfAnAnimatedPngStay() {
    byte[] clean = strip(Corpus.bytes("png/animated.png"));

    assertThat(inspector.inspect(clean).frames()).isEqualTo(9);
    assertThat(text(clean)).contains("actl", "fctl", "fdat");
  }

  @Test
  void commentsAndApplicationsOfAGifGoAndLoopingStays() {
    byte[] secret = "secret".getBytes(StandardCharsets.ISO_8859_1);
    byte[] looping = {1, 5, 0};
    byte[] file =
        SyntheticGif.of(8, 8)
            .application("NETSCAPE2.0", looping, secret)
            .extension(0xFE, secret)
            .application("XMP DataXMP", secret)
            .application("ICCRGBG1012", new byte[] {9})
            .application("ICCRGBG1012", ImageInspectorTest.profileOf(200))
            .transparent(1)
            .extension(0x01, new byte[12], secret)
            .extension(0x77, secret)
            .extension(0xF9, new byte[] {0, 7, 0, 0, 's', 'e', 'c', 'r', 'e', 't'})
            .frame(0, 0, 8, 8, 1)
            .application("NETSCAPE2.0", secret)
            .end();
    byte[] clean = strip(file);

    assertThat(clean)
        .isEqualTo(
            SyntheticGif.of(8, 8)
                .application("NETSCAPE2.0", looping)
                .application("ICCRGBG1012", ImageInspectorTest.profileOf(200))
                .extension(0xF9, new byte[] {0, 7, 0, 0})
                .frame(0, 0, 8, 8, 1)
                .end());
  }

  /** Decoders pass over it, so the one before it counts. */
  @Test
  void aGifKeepsItsTransparencyWhereAControlBlockThatIsTooShortFollows() {
    byte[] file =
        SyntheticGif.of(8, 8)
            .transparent(1)
            .extension(0xF9, new byte[] {1, 2}, new byte[] {3, 4, 5, 6})
            .frame(0, 0, 8, 8, 1)
            .end();

    assertThat(strip(file))
        .isEqualTo(SyntheticGif.of(8, 8).transparent(1).frame(0, 0, 8, 8, 1).end());
  }

  @Test
  void aGifAnimationKeepsItsTimingAndLooping() {
    byte[] file = Corpus.bytes("gif/animated.gif");
    byte[] clean = strip(file);

    assertThat(count(clean, 0x21, 0xF9, 4)).isEqualTo(count(file, 0x21, 0xF9, 4));
    assertThat(text(clean)).contains("netscape2.0");
  }

  @Test
  void metadataOfAWebpGoesAndItsFlagsSaySo() {
    byte[] secret = "secret!".getBytes(StandardCharsets.ISO_8859_1);
    byte[] picture = SyntheticWebp.evenLossless(8, 8, -1);
    byte[] file =
        SyntheticWebp.extended(0xFF & ~WebpStructure.FLAG_ANIMATION, 8, 8)
            .chunk("ICCP", secret)
            .chunk("ABCD", secret)
            .chunk("VP8L", picture)
            .chunk("EXIF", secret)
            .chunk("XMP ", secret)
            .toBytes();

    assertThat(strip(file))
        .isEqualTo(
            SyntheticWebp.extended(WebpStructure.FLAG_ALPHA, 8, 8)
                .chunk("VP8L", picture)
                .toBytes());
  }

  @Test
  void unknownChunksInsideOfWebpFramesGo() {
    byte[] picture = SyntheticWebp.bytesOf("VP8L", SyntheticWebp.evenLossless(8, 8, -1));
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(SyntheticWebp.bytesOf("ABCD", "secret".getBytes(StandardCharsets.ISO_8859_1)));
    inner.writeBytes(picture);
    inner.writeBytes(SyntheticWebp.bytesOf("EFGH", "secret".getBytes(StandardCharsets.ISO_8859_1)));
    byte[] anim = new byte[6];
    byte[] file =
        SyntheticWebp.extended(WebpStructure.FLAG_ANIMATION, 8, 8)
            .chunk("ANIM", anim)
            .frame(0, 0, 8, 8, inner.toByteArray())
            .toBytes();

    assertThat(strip(file))
        .isEqualTo(
            SyntheticWebp.extended(WebpStructure.FLAG_ANIMATION, 8, 8)
                .chunk("ANIM", anim)
                .frame(0, 0, 8, 8, picture)
                .toBytes());
  }

  @Test
  void onlyTheTransparencyOfAWebpThatIsHeededStays() {
    byte[] secret = "secret".getBytes(StandardCharsets.ISO_8859_1);
    byte[] alpha = new byte[65];
    byte[] lossy = SyntheticWebp.evenLossy(8, 8);
    int flags = WebpStructure.FLAG_ALPHA;
    SyntheticWebp still =
        SyntheticWebp.extended(flags, 8, 8)
            .chunk("ALPH", secret)
            .chunk("ALPH", alpha)
            .chunk("VP8 ", lossy)
            .chunk("ALPH", secret);
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(SyntheticWebp.bytesOf("ALPH", secret));
    inner.writeBytes(SyntheticWebp.bytesOf("ALPH", alpha));
    inner.writeBytes(SyntheticWebp.bytesOf("VP8 ", lossy));
    ByteArrayOutputStream cleanInner = new ByteArrayOutputStream();
    cleanInner.writeBytes(SyntheticWebp.bytesOf("ALPH", alpha));
    cleanInner.writeBytes(SyntheticWebp.bytesOf("VP8 ", lossy));
    int animated = flags | WebpStructure.FLAG_ANIMATION;

    assertThat(strip(still.toBytes()))
        .isEqualTo(
            SyntheticWebp.extended(flags, 8, 8)
                .chunk("ALPH", alpha)
                .chunk("VP8 ", lossy)
                .toBytes());
    assertThat(
            strip(
                SyntheticWebp.extended(animated, 8, 8)
                    .chunk("ANIM", "\0\0\0\0\0\0secret".getBytes(StandardCharsets.ISO_8859_1))
                    .chunk("ALPH", secret)
                    .frame(0, 0, 8, 8, inner.toByteArray())
                    .toBytes()))
        .isEqualTo(
            SyntheticWebp.extended(animated, 8, 8)
                .chunk("ANIM", new byte[6])
                .frame(0, 0, 8, 8, cleanInner.toByteArray())
                .toBytes());
  }

  @Test
  void aPlainWebpKeepsItsPictureOnly() {
    byte[] picture = SyntheticWebp.evenLossless(8, 8, -1);
    byte[] file =
        SyntheticWebp.simple()
            .chunk("VP8L", picture)
            .chunk("EXIF", "secret".getBytes(StandardCharsets.ISO_8859_1))
            .toBytes();

    assertThat(strip(file)).isEqualTo(SyntheticWebp.simple().chunk("VP8L", picture).toBytes());
  }

  private byte[] strip(byte[] file) {
    return stripper.strip(file, inspector.inspect(file));
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
  }

  private static int count(byte[] file, int... mark) {
    int count = 0;
    for (int at = 0; at <= file.length - mark.length; at++) {
      boolean same = true;
      for (int i = 0; i < mark.length; i++) {
        same &= (file[at + i] & 0xFF) == mark[i];
      }
      count += same ? 1 : 0;
    }
    return count;
  }

  /** Returns the coded pixels, found without the cleaners: tables and scans, IDAT, images, VP8. */
  private static byte[] codedPixels(byte[] file) {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    switch (FileKinds.pictureFormat(file).orElseThrow()) {
      case JPEG -> {
        for (JpegSegments s = new JpegSegments(file); s.next(); ) {
          if (s.marker() != 0xFE && (s.marker() < 0xE0 || s.marker() > 0xEF)) {
            pixels.write(file, s.start(), s.end() - s.start());
          }
        }
      }
      case PNG -> {
        for (PngChunks c = PngChunks.checking(file); c.next(); ) {
          if (List.of("IDAT", "fdAT", "PLTE", "tRNS", "fcTL").contains(c.type())) {
            pixels.write(file, c.dataStart(), c.dataLength());
          }
        }
      }
      case GIF -> {
        for (GifBlocks b = new GifBlocks(file); b.next(); ) {
          if (b.kind() == GifBlocks.IMAGE) {
            pixels.write(file, b.start(), b.end() - b.start());
          }
        }
      }
      case WEBP -> {
        for (RiffChunks c = new RiffChunks(file, WebpStructure.chunks(file)); c.next(); ) {
          if (List.of("VP8 ", "VP8L", "ALPH", "ANMF").contains(c.name())) {
            pixels.write(file, c.dataStart(), c.dataLength());
          }
        }
      }
    }
    assertThat(pixels.size()).isPositive();
    return pixels.toByteArray();
  }
}
