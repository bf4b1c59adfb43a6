package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.ImageRejectedException;
import dev.cutline.Reason;
import dev.cutline.Rejection;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, under which reason, in which words. */
class RejectionTest {
  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());

  static List<Picture> corpus() {
    return Corpus.pictures();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void aPictureCutOffAtAnyTenthIsBroken(Picture picture) {
    byte[] file = picture.bytes();
    for (int tenth = 1; tenth <= 9; tenth++) {
      byte[] cut = Arrays.copyOf(file, (int) ((long) file.length * tenth / 10));
      boolean wholeWithoutTrailer = isAcceptable(cut);
      if (!wholeWithoutTrailer) {
        assertRefused(cut, picture.path().contains("arithmetic") ? null : Rejection.BROKEN);
      } else {
        assertThat(picture.path())
            .as("ends before its file does")
            .isEqualTo("metadata/mpf-stereo.jpg");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "photos/cat.jpg, 1",
    "png/rgb8.png, 1",
    "gif/animated.gif, 1",
    "photos/coral.webp, 2"
  })
  void evenTheLastByteIsMissed(String path, int missing) {
    byte[] file = Corpus.bytes(path);

    ImageRejectedException e =
        assertRefused(Arrays.copyOf(file, file.length - missing), Rejection.BROKEN);

    assertThat(e).hasMessageContaining("cut off");
  }

  @Test
  void whatFollowsTheEndOfAPictureIsNoFault() {
    for (String path :
        List.of("photos/cat.jpg", "png/rgb8.png", "gif/animated.gif", "photos/coral.webp")) {
      byte[] file = Corpus.bytes(path);
      assertThat(inspector.inspect(Arrays.copyOf(file, file.length + 100)).width()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                             | empty
          <!DOCTYPE html><html>          | HTML
          '  <HTML><body>'               | HTML
          <svg xmlns='a'>                | SVG
          <?xml version='1.0'?><svg>     | SVG
          <!-- drawn --><svg>            | SVG
          <?xml version='1.0'?><rss>     | XML
          {"error": "not found"}         | JSON
          0000ftypheic0000               | HEIC
          0000ftypmif10000               | HEIC
          0000ftypavif0000               | AVIF
          0000ftypisom0000               | MP4
          BM0000                         | BMP
          %PDF-1.7                       | PDF
          8BPS                           | Photoshop
          RIFF0000WAVE                   | RIFF
          hello                          | no picture
          GIF88a                         | no picture
          """)
  void namesWhatAFileIsInstead(String content, String named) {
    byte[] file = content.getBytes(StandardCharsets.UTF_8);

    assertThat(assertRefused(file, Rejection.NOT_AN_IMAGE)).hasMessageContaining(named);
  }

  @Test
  void namesBinaryFormatsToo() {
    assertNamed("TIFF", 'I', 'I', '*', 0);
    assertNamed("TIFF", 'M', 'M', 0, '*');
    assertNamed("gzip", 0x1F, 0x8B, 8);
    assertNamed("ZIP", 'P', 'K', 3, 4);
    assertNamed("JPEG XL", 0xFF, 0x0A);
    assertNamed("JPEG 2000", 0xFF, 'O', 0xFF, 'Q');
    assertNamed("ICO", 0, 0, 1, 0);
    assertNamed("zeros", 0, 0, 0, 0, 0, 0, 0, 0);
    assertNamed("SVG", 0xEF, 0xBB, 0xBF, '<', 's', 'v', 'g');
  }

  @Test
  void tooManyBytesAreCountedFirst() {
    ImageRejectedException e = assertRefused(new byte[10_485_761], Rejection.TOO_MANY_BYTES);

    assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT);
    assertThat(e).hasMessageContaining("10,485,761 bytes").hasMessageContaining("10,485,760");
  }

  @Test
  void aHugePngIsRefusedByItsHeaderAlone() {
    byte[] header = SyntheticPng.of(50_000, 50_000, 8, 2, 0).soFar();
    byte[] bomb = SyntheticPng.of(50_000, 50_000, 1, 0, 0).data(50_000L * 6_251).end();

    assertThat(assertRefused(header, Rejection.TOO_LARGE)).hasMessageContaining("50,000 x 50,000");
    assertThat(assertRefused(bomb, Rejection.TOO_LARGE)).hasMessageContaining("at most 16,384");
  }

  @Test
  void aGifWithAHugeCanvasOrFrameIsRefused() {
    byte[] canvas = SyntheticGif.of(60_000, 60_000).frame(0, 0, 1, 1, 0).end();
    byte[] frame =
        new byte[] {0x2C, 0, 0, 0, 0, (byte) 0x60, (byte) 0xEA, (byte) 0x60, (byte) 0xEA, 0, 2, 0};
    byte[] gif = SyntheticGif.of(10, 10).soFar();
    byte[] all = Arrays.copyOf(gif, gif.length + frame.length);
    System.arraycopy(frame, 0, all, gif.length, frame.length);

    assertThat(assertRefused(canvas, Rejection.TOO_LARGE)).hasMessageContaining("60,000 x 60,000");
    assertThat(assertRefused(all, Rejection.TOO_LARGE)).hasMessageContaining("frame 1");
  }

  @Test
  void aJpegThatClaimsTheLargestSizeIsRefused() {
    byte[] jpeg = SyntheticJpeg.of(65_500, 65_500).toBytes();
    byte[] narrow = SyntheticJpeg.of(16_000, 8_000).toBytes();

    assertThat(assertRefused(Arrays.copyOf(jpeg, 300), Rejection.TOO_LARGE))
        .hasMessageContaining("65,500 x 65,500");
    assertThat(assertRefused(narrow, Rejection.TOO_LARGE)).hasMessageContaining("128,000,000");
  }

  @Test
  void aJpegOfThousandsOfScansIsRefused() {
    byte[] jpeg = SyntheticJpeg.of(64, 64).progressive().extraScans(3_000).toBytes();

    assertThat(assertRefused(jpeg, Rejection.TOO_LARGE)).hasMessageContaining("100 scans");
  }

  @Test
  void manyScansOfALargePictureAreRefusedEarlier() {
    byte[] jpeg = SyntheticJpeg.of(6_000, 5_000).progressive().extraScans(40).toBytes();

    assertThat(assertRefused(jpeg, Rejection.TOO_LARGE))
        .hasMessageContaining("30,000,000 pixels each");
  }

  @Test
  void codingsOfJpegThatNobodyUsesAreNamed() {
    assertUnsupported("lossless", SyntheticJpeg.of(8, 8).frameMarker(0xC3));
    assertUnsupported("hierarchical", SyntheticJpeg.of(8, 8).frameMarker(0xC5));
    assertUnsupported("hierarchical", SyntheticJpeg.of(8, 8).segment(0xDE, new byte[9]));
    assertUnsupported("arithmetic", SyntheticJpeg.of(8, 8).frameMarker(0xC9));
    assertUnsupported("arithmetic", SyntheticJpeg.of(8, 8).frameMarker(0xCA));
    assertUnsupported("12 bits", SyntheticJpeg.of(8, 8).frameMarker(0xC1).precision(12));
    assertUnsupported("2 components", SyntheticJpeg.of(8, 8).components(2));
    assertUnsupported("DNL", SyntheticJpeg.of(8, 0));
  }

  @Test
  void aJpegThatContradictsItselfIsBroken() {
    assertThat(broken(SyntheticJpeg.of(0, 8).toBytes())).hasMessageContaining("0 x 8");
    byte[] frame = {(byte) 0xFF, (byte) 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0};
    assertThat(broken(SyntheticJpeg.of(8, 8).behindFrame(frame).toBytes()))
        .hasMessageContaining("second frame");
    byte[] soi = {(byte) 0xFF, (byte) 0xD8};
    assertThat(broken(SyntheticJpeg.of(8, 8).behindFrame(soi).toBytes()))
        .hasMessageContaining("second JPEG");
    byte[] unknown = {(byte) 0xFF, 0x02, 0, 2};
    assertThat(broken(SyntheticJpeg.of(8, 8).behindFrame(unknown).toBytes()))
        .hasMessageContaining("FF02");
    byte[] shortLength = {(byte) 0xFF, (byte) 0xFE, 0, 1};
    assertThat(broken(SyntheticJpeg.of(8, 8).behindFrame(shortLength).toBytes()))
        .hasMessageContaining("length of 1");
    byte[] noPicture = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xD9};
    assertThat(broken(noPicture)).hasMessageContaining("no picture data");
    byte[] scanFirst = {
      (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xDA, 0, 2, 0, (byte) 0xFF, (byte) 0xD9
    };
    assertThat(broken(scanFirst)).hasMessageContaining("before its frame header");
    byte[] shortFrame = {
      (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0, 0, 4, 8, 8, (byte) 0xFF, (byte) 0xD9
    };
    assertThat(broken(shortFrame)).hasMessageContaining("2 bytes long");
  }

  @Test
  void aJpegWithImpossibleSamplingIsBroken() {
    byte[] file = SyntheticJpeg.of(8, 8).toBytes();
    int frame = indexOf(file, (byte) 0xFF, (byte) 0xC0);
    file[frame + 11] = 0x50;

    assertThat(broken(file)).hasMessageContaining("5 x 0");
  }

  @Test
  void aWrongChecksumIsFoundInEveryChunk() {
    assertThat(broken(SyntheticPng.of(8, 8, 8, 0, 0).chunk("tEXt", new byte[3], 1).data(72).end()))
        .hasMessageContaining("tEXt")
        .hasMessageContaining("checksum");
    assertThat(broken(SyntheticPng.of(8, 8, 8, 0, 0).chunk("IDAT", new byte[3], 1).end()))
        .hasMessageContaining("IDAT");
  }

  @Test
  void aPngThatContradictsItselfIsBroken() {
    SyntheticPng gray = SyntheticPng.of(8, 8, 8, 0, 0);
    assertThat(broken(SyntheticPng.of(8, 8, 3, 0, 0).end())).hasMessageContaining("3 bits");
    assertThat(broken(SyntheticPng.of(8, 8, 16, 3, 0).end())).hasMessageContaining("colour type 3");
    assertThat(broken(SyntheticPng.of(8, 8, 8, 5, 0).end())).hasMessageContaining("colour type 5");
    assertThat(broken(SyntheticPng.of(0, 8, 8, 0, 0).end())).hasMessageContaining("0 x 8");
    assertThat(broken(gray.end())).hasMessageContaining("no picture data");
    assertThat(broken(png().chunk("IHDR", new byte[13]).end()))
        .hasMessageContaining("second header");
    assertThat(broken(png().data(72).chunk("tEXt", new byte[1]).data(3).end()))
        .hasMessageContaining("after another chunk");
    assertThat(broken(SyntheticPng.of(8, 8, 8, 3, 0).data(72).end()))
        .hasMessageContaining("no palette");
    assertThat(broken(png().chunk("PLTE", new byte[4]).end())).hasMessageContaining("palette");
    assertThat(broken(png().chunk("tRNS", new byte[1]).end())).hasMessageContaining("tRNS");
    assertThat(broken(png().chunk("acTL", new byte[7]).end())).hasMessageContaining("acTL");
    assertThat(broken(png().chunk("fcTL", new byte[25]).end())).hasMessageContaining("fcTL");
    assertThat(broken(png().chunk("fcTL", frameOf(9, 8)).end())).hasMessageContaining("outside");
    assertThat(broken(png().chunk("a1b2", new byte[0]).end())).hasMessageContaining("no chunk");
    byte[] textFirst =
        "\u0089PNG\r\n\u001a\n\0\0\0\0IEND\u00aeB`\u0082".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(broken(textFirst)).hasMessageContaining("starts with the chunk IEND");
  }

  @Test
  void aPngThatNeedsWhatDoesNotExistYetIsUnsupported() {
    assertThat(assertRefused(SyntheticPng.of(8, 8, 8, 0, 2).end(), Rejection.UNSUPPORTED_CODING))
        .hasMessageContaining("interlace");
    assertThat(assertRefused(png().chunk("NEWc", new byte[0]).end(), Rejection.UNSUPPORTED_CODING))
        .hasMessageContaining("NEWc");
    byte[] apple = new byte[24];
    System.arraycopy(png().soFar(), 0, apple, 0, 8);
    byte[] cgbi = SyntheticPng.of(8, 8, 8, 0, 0).chunk("CgBI", new byte[4]).soFar();
    System.arraycopy(cgbi, cgbi.length - 16, apple, 8, 16);
    assertThat(assertRefused(apple, Rejection.UNSUPPORTED_CODING)).hasMessageContaining("Apple");
  }

  @Test
  void packedTextAndProfilesAreUnpackedNoFurtherThanTheLimit() {
    byte[] bomb = SyntheticPng.packedZeros(300_000_000);
    assertThat(bomb.length).isLessThan(3_000_000);

    assertThat(
            assertRefused(
                png().chunk("zTXt", join("k\0\0", bomb)).data(72).end(), Rejection.TOO_LARGE))
        .hasMessageContaining("text");
    assertThat(
            assertRefused(
                png().chunk("iTXt", join("k\0\u0001\0\0\0", bomb)).data(72).end(),
                Rejection.TOO_LARGE))
        .hasMessageContaining("text");
    assertThat(
            assertRefused(
                png().chunk("iCCP", join("k\0\0", bomb)).data(72).end(), Rejection.TOO_LARGE))
        .hasMessageContaining("profile");
  }

  @Test
  void damagedTextAndProfilesAreNoReasonToRefuse() {
    byte[] png =
        png()
            .chunk("zTXt", join("k\0\0", new byte[] {1, 2, 3}))
            .chunk("zTXt", new byte[] {1, 2})
            .chunk("iCCP", join("k\0\0", new byte[] {1, 2, 3}))
            .chunk("iCCP", new byte[] {'k', 0})
            .chunk("iTXt", join("k\0\u0001", new byte[0]))
            .data(72)
            .end();

    assertThat(inspector.inspect(png).hasColourProfile()).isFalse();
  }

  /** Else a file of 10 MB could keep a processor busy with gigabytes that count for nothing. */
  @Test
  void damagedTextCountsAsFarAsItUnpacks() {
    byte[] damaged = SyntheticPng.packedZeros(6_000_000);
    damaged[damaged.length - 1] ^= 1; // its checksum
    SyntheticPng png = png().chunk("zTXt", join("k\0\0", damaged));

    inspector.inspect(png.data(72).end());
    byte[] twice =
        png()
            .chunk("zTXt", join("k\0\0", damaged))
            .chunk("zTXt", join("k\0\0", damaged))
            .data(72)
            .end();
    assertThat(assertRefused(twice, Rejection.TOO_LARGE)).hasMessageContaining("text");
  }

  @Test
  void onlyTheFirstProfileIsUnpacked() {
    byte[] profile = SyntheticPng.packed(ImageInspectorTest.profileOf(400));
    byte[] tooLarge = SyntheticPng.packedZeros(5_000_000);
    SyntheticPng second =
        png().chunk("iCCP", join("k\0\0", profile)).chunk("iCCP", join("k\0\0", tooLarge));
    SyntheticPng afterDamage =
        png()
            .chunk("iCCP", join("k\0\0", new byte[] {1, 2, 3}))
            .chunk("iCCP", join("k\0\0", tooLarge));

    assertThat(inspector.inspect(second.data(72).end()).hasColourProfile()).isTrue();
    assertThat(inspector.inspect(afterDamage.data(72).end()).hasColourProfile()).isFalse();
  }

  @Test
  void aGifThatContradictsItselfIsBroken() {
    assertThat(broken(SyntheticGif.of(8, 8).end())).hasMessageContaining("no picture data");
    assertThat(broken(SyntheticGif.of(0, 8).frame(0, 0, 1, 1, 0).end()))
        .hasMessageContaining("0 x 8");
    assertThat(broken(SyntheticGif.of(8, 8).frame(0, 0, 0, 1, 0).end()))
        .hasMessageContaining("frame 1");
    byte[] unknown = SyntheticGif.of(8, 8).frame(0, 0, 1, 1, 0).end();
    unknown[unknown.length - 1] = 0x11;
    assertThat(broken(unknown)).hasMessageContaining("no block");
    byte[] noTable = SyntheticGif.of(8, 8).frame(0, 0, 1, 1, 0).end();
    noTable[10] = 0;
    System.arraycopy(noTable, 19, noTable, 13, noTable.length - 19);
    assertThat(broken(noTable)).hasMessageContaining("no table of colours");
    byte[] codes = SyntheticGif.of(8, 8).frame(0, 0, 1, 1, 0).end();
    codes[29] = 12;
    assertThat(broken(codes)).hasMessageContaining("codes of 12 bits");
    assertThat(broken(Arrays.copyOf(codes, 9))).hasMessageContaining("cut off");
  }

  @Test
  void aWebpThatContradictsItselfIsBroken() {
    byte[] vp8l = SyntheticWebp.evenLossless(8, 8, -1);
    byte[] vp8 = SyntheticWebp.evenLossy(8, 8);
    assertThat(broken(SyntheticWebp.simple().chunk("ABCD", vp8l).toBytes()))
        .hasMessageContaining("'ABCD'");
    assertThat(broken(SyntheticWebp.simple().toBytes())).hasMessageContaining("12 bytes");
    assertThat(broken(SyntheticWebp.simple().chunk("VP8X", new byte[9]).toBytes()))
        .hasMessageContaining("VP8X");
    assertThat(broken(SyntheticWebp.extended(0, 8, 8).toBytes()))
        .hasMessageContaining("no picture data");
    assertThat(broken(SyntheticWebp.extended(0, 9, 8).chunk("VP8L", vp8l).toBytes()))
        .hasMessageContaining("9 x 8");
    assertThat(
            broken(
                SyntheticWebp.extended(0, 8, 8).chunk("VP8L", vp8l).chunk("VP8 ", vp8).toBytes()))
        .hasMessageContaining("second picture");
    assertThat(broken(SyntheticWebp.extended(2, 8, 8).chunk("VP8L", vp8l).toBytes()))
        .hasMessageContaining("outside of its frames");
    byte[] inner = SyntheticWebp.bytesOf("VP8L", vp8l);
    assertThat(broken(SyntheticWebp.extended(0, 8, 8).frame(0, 0, 8, 8, inner).toBytes()))
        .hasMessageContaining("does not say that it is animated");
    assertThat(broken(SyntheticWebp.extended(2, 8, 8).frame(2, 0, 8, 8, inner).toBytes()))
        .hasMessageContaining("outside of its canvas");
    assertThat(broken(SyntheticWebp.extended(2, 8, 8).frame(0, 0, 7, 8, inner).toBytes()))
        .hasMessageContaining("claims 7 x 8");
    assertThat(broken(SyntheticWebp.extended(2, 8, 8).frame(0, 0, 8, 8, new byte[0]).toBytes()))
        .hasMessageContaining("no picture data");
    assertThat(broken(SyntheticWebp.extended(2, 8, 8).chunk("ANMF", new byte[3]).toBytes()))
        .hasMessageContaining("3 bytes");
    assertThat(broken(SyntheticWebp.extended(0, 8, 8).chunk("XMP ", new byte[2]).toBytes()))
        .hasMessageContaining("no picture data");
  }

  @Test
  void theCodedPicturesOfAWebpAreCheckedToo() {
    byte[] wrongStart = SyntheticWebp.evenLossy(8, 8);
    wrongStart[4] = 9;
    assertThat(broken(SyntheticWebp.simple().chunk("VP8 ", wrongStart).toBytes()))
        .hasMessageContaining("start mark");
    byte[] interFrame = SyntheticWebp.evenLossy(8, 8);
    interFrame[0] |= 1;
    assertThat(broken(SyntheticWebp.simple().chunk("VP8 ", interFrame).toBytes()))
        .hasMessageContaining("key frame");
    byte[] longPart = SyntheticWebp.evenLossy(8, 8);
    longPart[2] = (byte) 0xFF;
    assertThat(broken(SyntheticWebp.simple().chunk("VP8 ", longPart).toBytes()))
        .hasMessageContaining("first part");
    byte[] lossless = SyntheticWebp.evenLossless(8, 8, -1);
    lossless[0] = 0;
    assertThat(broken(SyntheticWebp.simple().chunk("VP8L", lossless).toBytes()))
        .hasMessageContaining("start mark");
    byte[] newer = SyntheticWebp.evenLossless(8, 8, -1);
    newer[4] |= 0x20;
    assertThat(
            assertRefused(
                SyntheticWebp.simple().chunk("VP8L", newer).toBytes(),
                Rejection.UNSUPPORTED_CODING))
        .hasMessageContaining("version 1");
    byte[] overlong =
        SyntheticWebp.simple().chunk("VP8L", SyntheticWebp.evenLossless(8, 8, -1)).toBytes();
    overlong[16] = 99;
    assertThat(broken(overlong)).hasMessageContaining("99 bytes");
    byte[] extended = SyntheticWebp.extended(0, 8, 8).chunk("XMP ", new byte[1]).toBytes();
    extended[4] = (byte) (extended[4] + 2);
    assertThat(broken(Arrays.copyOf(extended, extended.length + 2)))
        .hasMessageContaining("only 2 bytes");
  }

  @Test
  void everyLimitCanBeSet() {
    byte[] cat = Corpus.bytes("photos/cat.jpg");
    assertLimit(ImageLimits.builder().maxBytes(42_161), cat, "42,161");
    assertLimit(ImageLimits.builder().maxPixels(451 * 300 - 1), cat, "135,299");
    assertLimit(ImageLimits.builder().maxSide(450), cat, "450");
    assertLimit(ImageLimits.builder().maxScans(9), Corpus.bytes("jpeg/progressive.jpg"), "9 scans");
    assertLimit(
        ImageLimits.builder().maxTextBytes(50_000),
        Corpus.bytes("metadata/all-metadata.jpg"),
        "50,000");
    assertLimit(
        ImageLimits.builder().maxProfileBytes(100_000),
        Corpus.bytes("jpeg/ycck-icc.jpg"),
        "100,000");
    for (String animated :
        List.of("gif/animated.gif", "png/animated.png", "webp/animated-exif-xmp.webp")) {
      assertLimit(ImageLimits.builder().maxFrames(8), Corpus.bytes(animated), "at most 8");
      assertLimit(
          ImageLimits.builder().maxTotalPixels(240 * 160 * 9 - 1),
          Corpus.bytes(animated),
          "together");
    }
    assertLimit(
        ImageLimits.builder().maxTextBytes(100), Corpus.bytes("gif/xmp-comment.gif"), "100 bytes");
    assertLimit(
        ImageLimits.builder().maxTextBytes(100),
        Corpus.bytes("webp/all-metadata-orientation6.webp"),
        "100 bytes");
    assertLimit(
        ImageLimits.builder().maxTextBytes(100),
        Corpus.bytes("png/all-metadata-orientation8.png"),
        "100 bytes");
    assertLimit(
        ImageLimits.builder().maxProfileBytes(100),
        Corpus.bytes("webp/all-metadata-orientation6.webp"),
        "profile");
    assertLimit(
        ImageLimits.builder().maxProfileBytes(100),
        Corpus.bytes("png/all-metadata-orientation8.png"),
        "profile");
    assertLimit(
        ImageLimits.builder().maxProfileBytes(100),
        SyntheticGif.of(8, 8).profile(ImageInspectorTest.profileOf(400)).frame(0, 0, 8, 8, 1).end(),
        "profile");
    assertLimit(
        ImageLimits.builder().maxFrames(8),
        png().chunk("acTL", new byte[] {0, 0, 0, 9, 0, 0, 0, 0}).data(72).end(),
        "at most 8");
  }

  @Test
  void limitsRefuseNonsense() {
    ImageLimits.Builder builder = ImageLimits.builder();
    assertThatThrownBy(() -> builder.maxBytes(0))
        .hasMessageContaining("maxBytes")
        .hasMessageContaining("0");
    assertThatThrownBy(() -> builder.maxPixels(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> builder.maxSide(0)).hasMessageContaining("maxSide");
    assertThatThrownBy(() -> builder.maxSide(65_536)).hasMessageContaining("65536");
    assertThatThrownBy(() -> builder.maxFrames(0)).hasMessageContaining("maxFrames");
    assertThatThrownBy(() -> builder.maxTotalPixels(0)).hasMessageContaining("maxTotalPixels");
    assertThatThrownBy(() -> builder.maxScans(0)).hasMessageContaining("maxScans");
    assertThatThrownBy(() -> builder.maxTextBytes(0)).hasMessageContaining("maxTextBytes");
    assertThatThrownBy(() -> builder.maxProfileBytes(0)).hasMessageContaining("maxProfileBytes");
  }

  @Test
  void limitsSayWhatTheyAre() {
    assertThat(ImageLimits.ofDefaults().toString())
        .contains(
            "10,485,760 bytes", "50,000,000 pixels", "16,384 px", "2,000 frames", "100 scans");
    assertThat(ImageLimits.ofDefaults().maxSide()).isEqualTo(16_384);
  }

  private static SyntheticPng png() {
    return SyntheticPng.of(8, 8, 8, 0, 0);
  }

  private static byte[] frameOf(int width, int height) {
    byte[] frame = new byte[26];
    SyntheticPng.putInt(frame, 4, width);
    SyntheticPng.putInt(frame, 8, height);
    return frame;
  }

  private static byte[] join(String start, byte[] rest) {
    byte[] all =
        Arrays.copyOf(start.getBytes(StandardCharsets.ISO_8859_1), start.length() + rest.length);
    System.arraycopy(rest, 0, all, start.length(), rest.length);
    return all;
  }

  private static int indexOf(byte[] file, byte one, byte other) {
    for (int i = 0; i < file.length - 1; i++) {
      if (file[i] == one && file[i + 1] == other) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }

  private boolean isAcceptable(byte[] file) {
    try {
      inspector.inspect(file);
      return true;
    } catch (ImageRejectedException e) {
      return false;
    }
  }

  private void assertNamed(String name, int... content) {
    byte[] file = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      file[i] = (byte) content[i];
    }
    assertThat(assertRefused(file, Rejection.NOT_AN_IMAGE)).hasMessageContaining(name);
  }

  private void assertUnsupported(String named, SyntheticJpeg jpeg) {
    assertThat(assertRefused(jpeg.toBytes(), Rejection.UNSUPPORTED_CODING))
        .hasMessageContaining(named);
  }

  private static void assertLimit(ImageLimits.Builder limits, byte[] file, String named) {
    ImageInspector strict = new ImageInspector(limits.build());
    assertThatThrownBy(() -> strict.inspect(file))
        .isInstanceOfSatisfying(
            ImageRejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IMAGE_LIMIT))
        .hasMessageContaining(named);
  }

  private ImageRejectedException broken(byte[] file) {
    return assertRefused(file, Rejection.BROKEN);
  }

  /** Every refusal is one line that says what would mend it. */
  private ImageRejectedException assertRefused(byte[] file, Rejection rejection) {
    ImageRejectedException e =
        catchThrowableOfType(ImageRejectedException.class, () -> inspector.inspect(file));
    assertThat(e).as("refused").isNotNull();
    if (rejection != null) {
      assertThat(e.rejection()).as(e.getMessage()).isEqualTo(rejection);
    }
    assertThat(e.getMessage()).doesNotContain("\n").contains(";").hasSizeBetween(30, 220);
    return e;
  }
}
