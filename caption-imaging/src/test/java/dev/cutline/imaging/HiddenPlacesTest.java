package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Text put where viewers do not look although the place is one that cleaning keeps: behind the end
 * of what counts, in the second of what counts once, in what counts only elsewhere.
 */
class HiddenPlacesTest {
  private static final String SECRET = "a secret that nobody saw";
  private static final byte[] BYTES = SECRET.getBytes(StandardCharsets.ISO_8859_1);

  @ParameterizedTest
  @MethodSource("places")
  void nothingStaysWhereNobodyLooks(byte[] file) {
    ImageInfo info = Pixels.INSPECTOR.inspect(file);
    byte[] clean = new MetadataStripper().strip(file, info);

    assertThat(text(file)).contains(SECRET);
    assertThat(text(clean)).doesNotContain(SECRET);
    ImageInfo after = Pixels.INSPECTOR.inspect(clean);
    assertThat(after).hasToString(info.toString());
    assertThat(Pixels.decoded(clean).samples()).isEqualTo(Pixels.decoded(file).samples());
    assertThat(Profiles.of(clean, info.format())).isEqualTo(Profiles.of(file, info.format()));
    assertThat(new MetadataStripper().strip(clean, after)).isEqualTo(clean);
  }

  static List<Named<byte[]>> places() {
    byte[] profile = ImageInspectorTest.profileOf(400);
    byte[] longer = concat(profile, BYTES);
    return List.of(
        Named.of(
            "JPEG, behind the end of its profile",
            SyntheticJpeg.of(8, 8).segment(0xE2, ImageInspectorTest.piece(1, 1, longer)).toBytes()),
        Named.of(
            "JPEG, in a second statement of its height",
            SyntheticJpeg.of(8, 8).behindFrame(dnl()).toBytes()),
        Named.of("PNG, as the name of its profile", pngProfile(iccp(SECRET, profile, ""))),
        Named.of("PNG, behind its packed profile", pngProfile(iccp("k", profile, SECRET))),
        Named.of(
            "PNG, behind the end of its profile, which is not packed well",
            pngProfile(concat("k\0\0".getBytes(StandardCharsets.ISO_8859_1), stored(longer)))),
        Named.of(
            "PNG, a second fact",
            png(8, 0).chunk("mDCV", new byte[24]).chunk("mDCV", BYTES).data(72).end()),
        Named.of("PNG, a fact behind its pixels", png(8, 0).data(72).chunk("mDCV", BYTES).end()),
        Named.of(
            "PNG, a profile behind its pixels",
            png(8, 0).data(72).chunk("iCCP", iccp(SECRET, profile, "")).end()),
        Named.of(
            "PNG, a palette that the pixels do not use",
            png(8, 2).chunk("PLTE", BYTES).data(200).end()),
        Named.of(
            "PNG, colours beyond those that pixels can name",
            png(1, 3).chunk("PLTE", concat(new byte[6], BYTES)).data(16).end()),
        Named.of(
            "PNG, transparency beyond its palette",
            png(8, 3)
                .chunk("PLTE", new byte[6])
                .chunk("tRNS", concat(new byte[2], BYTES))
                .data(72)
                .end()),
        Named.of(
            "PNG, behind its transparent gray",
            png(8, 0).chunk("tRNS", concat(new byte[2], BYTES)).data(72).end()),
        Named.of(
            "PNG, a second transparency",
            png(8, 2).chunk("tRNS", new byte[6]).chunk("tRNS", BYTES).data(200).end()),
        Named.of(
            "PNG, a transparency behind its pixels",
            png(8, 2).data(200).chunk("tRNS", BYTES).end()),
        Named.of(
            "PNG, a transparency where pixels have their own",
            png(8, 6).chunk("tRNS", BYTES).data(264).end()),
        Named.of(
            "PNG, frames without an animation",
            png(8, 0).data(72).chunk("fcTL", frame()).chunk("fdAT", BYTES).end()),
        Named.of(
            "PNG, frames of an animation announced too late",
            png(8, 0)
                .data(72)
                .chunk("acTL", announced(1))
                .chunk("fcTL", frame())
                .chunk("fdAT", BYTES)
                .end()),
        Named.of(
            "PNG, a frame beyond those announced",
            png(8, 0)
                .chunk("acTL", announced(1))
                .chunk("acTL", announced(9))
                .chunk("fcTL", frame())
                .data(72)
                .chunk("fcTL", frame())
                .chunk("fdAT", BYTES)
                .end()),
        Named.of(
            "PNG, the data of a frame that is the picture itself",
            png(8, 0)
                .chunk("acTL", announced(2))
                .chunk("fcTL", frame())
                .data(72)
                .chunk("fdAT", BYTES)
                .end()),
        Named.of(
            "GIF, in what claims to be a profile",
            SyntheticGif.of(8, 8).profile(BYTES).frame(0, 0, 8, 8, 1).end()),
        Named.of(
            "GIF, behind the end of its profile",
            SyntheticGif.of(8, 8).profile(longer).frame(0, 0, 8, 8, 1).end()),
        Named.of(
            "GIF, a second profile",
            SyntheticGif.of(8, 8)
                .profile(profile)
                .profile(profileOf(BYTES))
                .frame(0, 0, 8, 8, 1)
                .end()),
        Named.of(
            "WebP, behind the end of its profile",
            SyntheticWebp.extended(WebpStructure.FLAG_PROFILE, 8, 8)
                .chunk("ICCP", longer)
                .chunk("VP8L", SyntheticWebp.evenLossless(8, 8, -1))
                .toBytes()),
        Named.of(
            "WebP, in a second header of its animation",
            SyntheticWebp.extended(WebpStructure.FLAG_ANIMATION, 8, 8)
                .chunk("ANIM", new byte[6])
                .chunk("ANIM", BYTES)
                .frame(
                    0, 0, 8, 8, SyntheticWebp.bytesOf("VP8L", SyntheticWebp.evenLossless(8, 8, -1)))
                .toBytes()));
  }

  /** What a GIF may say about looping, once for each of the two names. */
  @Test
  void aGifLoopsByTheFirstCount() {
    byte[] file =
        SyntheticGif.of(8, 8)
            .application("NETSCAPE2.0", new byte[] {1, 5, 0})
            .application("NETSCAPE2.0", new byte[] {1, 's', 'e'})
            .application("ANIMEXTS1.0", new byte[] {1, 5, 0})
            .frame(0, 0, 8, 8, 1)
            .end();

    assertThat(new MetadataStripper().strip(file, Pixels.INSPECTOR.inspect(file)))
        .isEqualTo(
            SyntheticGif.of(8, 8)
                .application("NETSCAPE2.0", new byte[] {1, 5, 0})
                .application("ANIMEXTS1.0", new byte[] {1, 5, 0})
                .frame(0, 0, 8, 8, 1)
                .end());
  }

  /** Facts of another length go, so that they must not have counted before. */
  @Test
  void colourFactsOfAPngCountByTheirLengthBeforeAndAfter() {
    byte[] gamma = {0, 1, (byte) 0x86, (byte) 0xA0};
    for (byte[] file :
        List.of(
            png(8, 0).chunk("sRGB", new byte[2]).chunk("gAMA", gamma).data(72).end(),
            png(8, 0).chunk("cICP", new byte[3]).chunk("gAMA", gamma).data(72).end(),
            png(8, 0).chunk("gAMA", new byte[5]).chunk("gAMA", gamma).data(72).end())) {
      byte[] clean = new MetadataStripper().strip(file, Pixels.INSPECTOR.inspect(file));

      assertThat(PngStructure.read(file, ImageLimits.NONE).gamma()).isEqualTo(100_000);
      assertThat(PngStructure.read(clean, ImageLimits.NONE).gamma()).isEqualTo(100_000);
    }
  }

  @Test
  void theWholeProfileOfAGifStays() {
    byte[] profile = ImageInspectorTest.profileOf(400);
    byte[] file = SyntheticGif.of(8, 8).profile(profile).frame(0, 0, 8, 8, 1).end();

    assertThat(new MetadataStripper().strip(file, Pixels.INSPECTOR.inspect(file))).isEqualTo(file);
  }

  /** A segment ends at 64 KiB; the profile goes on in the next. */
  @Test
  void aLongProfileOfAJpegIsCutAnewAndStaysWhole() {
    byte[] profile = ImageInspectorTest.profileOf(200_000);
    SyntheticJpeg jpeg = SyntheticJpeg.of(8, 8);
    for (int i = 0; i < 5; i++) {
      byte[] part = Arrays.copyOfRange(profile, i * 40_000, (i + 1) * 40_000);
      jpeg.segment(0xE2, ImageInspectorTest.piece(i + 1, 5, part));
    }
    byte[] file = jpeg.toBytes();
    byte[] clean = new MetadataStripper().strip(file, Pixels.INSPECTOR.inspect(file));

    assertThat(Profiles.of(clean, ImageFormat.JPEG)).isEqualTo(profile);
    assertThat(clean).hasSizeLessThan(file.length);
  }

  static byte[] iccp(String name, byte[] profile, String behind) {
    return concat(
        (name + "\0\0").getBytes(StandardCharsets.ISO_8859_1),
        concat(SyntheticPng.packed(profile), behind.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Returns a whole profile that says something behind its header. */
  private static byte[] profileOf(byte[] inside) {
    byte[] profile = ImageInspectorTest.profileOf(400);
    System.arraycopy(inside, 0, profile, 200, inside.length);
    return profile;
  }

  private static byte[] pngProfile(byte[] chunk) {
    return png(8, 0).chunk("iCCP", chunk).data(72).end();
  }

  private static SyntheticPng png(int bitDepth, int colourType) {
    return SyntheticPng.of(8, 8, bitDepth, colourType, 0);
  }

  /** Uncompressed, as an archive may be. */
  private static byte[] stored(byte[] data) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater none = new Deflater(Deflater.NO_COMPRESSION);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, none)) {
      out.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      none.end();
    }
    return packed.toByteArray();
  }

  private static byte[] announced(int frames) {
    byte[] header = new byte[8];
    SyntheticPng.putInt(header, 0, frames);
    return header;
  }

  private static byte[] frame() {
    byte[] frame = new byte[26];
    SyntheticPng.putInt(frame, 4, 8);
    SyntheticPng.putInt(frame, 8, 8);
    return frame;
  }

  private static byte[] dnl() {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    SyntheticJpeg.putSegment(segment, 0xDC, BYTES);
    return segment.toByteArray();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1);
  }
}
