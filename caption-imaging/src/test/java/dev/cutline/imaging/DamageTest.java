package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.cutline.ImageRejectedException;
import dev.cutline.testsupport.corpus.Corpus;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Damages pictures at random: whatever is wrong with a file, it is rendered or refused with a
 * reason, and nothing else comes out. The seed is in every failure; {@code -Dseed=...} repeats it.
 */
class DamageTest {
  private static final List<String> SMALL =
      List.of(
          "jpeg/one-pixel.jpg",
          "metadata/exif-big-endian-only.jpg",
          "png/bilevel.png",
          "png/palette-trns.png",
          "png/all-metadata-orientation8.png",
          "gif/animated-transparent-dispose.gif",
          "gif/interlaced.gif",
          "webp/lossy.webp",
          "webp/lossy-alpha.webp",
          "webp/lossless-alpha.webp",
          "webp/animated-exif-xmp.webp",
          "jpeg/progressive.jpg",
          "jpeg/restart-422.jpg");

  private static final int WALKS = 300;
  private static final int DECODES = 12;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());
  private final MetadataStripper stripper = new MetadataStripper();
  private final Renderer renderer = new Renderer();
  private int accepted;
  private int refused;

  @Test
  @Timeout(120)
  void walkersRefuseOrAcceptWhatIsDamaged() {
    for (String path : SMALL) {
      byte[] file = Corpus.bytes(path);
      for (int i = 0; i < WALKS; i++) {
        walk(path, damaged(file));
      }
    }

    assertThat(accepted).as("seed %d", seed).isPositive();
    assertThat(refused).as("seed %d", seed).isPositive();
  }

  @Test
  @Timeout(120)
  void decodersRefuseOrRenderWhatIsDamaged() {
    for (String path : SMALL) {
      byte[] file = Corpus.bytes(path);
      for (int i = 0; i < DECODES; i++) {
        byte[] damaged = withRightChecksums(damagedInTheMiddle(file));
        ImageInfo info = walk(path, damaged);
        if (info != null) {
          render(path, damaged, info);
        }
      }
    }

    assertThat(accepted).as("seed %d", seed).isPositive();
  }

  private ImageInfo walk(String path, byte[] file) {
    try {
      ImageInfo info = inspector.inspect(file);
      byte[] clean = stripper.strip(file, info);
      assertThat(stripper.strip(clean, inspector.inspect(clean)))
          .as("%s cleaned twice, seed %d", path, seed)
          .isEqualTo(clean);
      new CameraFacts().read(file);
      accepted++;
      return info;
    } catch (ImageRejectedException e) {
      assertThat(e.getMessage()).as("%s, seed %d", path, seed).isNotBlank().doesNotContain("\n");
      refused++;
      return null;
    } catch (RuntimeException e) {
      return fail(path + " of seed " + seed + " throws", e);
    }
  }

  private void render(String path, byte[] file, ImageInfo info) {
    if (info.decodeMemory() > 200 << 20) {
      return; // a damaged header claims a giant: for MemoryGate to refuse
    }
    try {
      Renditions renditions = renderer.render(file, info);
      assertThat(renditions.square().width()).isEqualTo(Renderer.SQUARE_EDGE);
    } catch (ImageRejectedException e) {
      assertThat(e.getMessage()).as("%s, seed %d", path, seed).isNotBlank();
    } catch (RuntimeException e) {
      fail(path + " of seed " + seed + " throws", e);
    }
  }

  /** Bytes set at random, mostly near the start where headers are, or an end cut off. */
  private byte[] damaged(byte[] file) {
    byte[] damaged = file.clone();
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(damaged, random.nextInt(damaged.length));
    }
    int range = random.nextBoolean() ? Math.min(damaged.length, 400) : damaged.length;
    for (int i = random.nextInt(4); i >= 0; i--) {
      damaged[random.nextInt(range)] = (byte) random.nextInt();
    }
    return random.nextInt(4) == 0 ? withRightChecksums(damaged) : damaged;
  }

  private byte[] damagedInTheMiddle(byte[] file) {
    byte[] damaged = file.clone();
    for (int i = random.nextInt(6); i >= 0; i--) {
      int at = file.length / 10 + random.nextInt(file.length * 9 / 10 - 20);
      damaged[Math.max(12, at)] = (byte) random.nextInt();
    }
    return damaged;
  }

  /** A wrong checksum would hide from the decoder of PNG everything that is worth damaging. */
  private static byte[] withRightChecksums(byte[] file) {
    if (!Bytes.has(file, 0, PngChunks.SIGNATURE)) {
      return file;
    }
    int at = PngChunks.SIGNATURE.length();
    while (file.length - at >= PngChunks.OVERHEAD) {
      long length = Bytes.u32be(file, at);
      if (length > file.length - at - PngChunks.OVERHEAD) {
        return file;
      }
      CRC32 crc = new CRC32();
      crc.update(file, at + 4, 4 + (int) length);
      SyntheticPng.putInt(file, at + 8 + (int) length, (int) crc.getValue());
      at += PngChunks.OVERHEAD + (int) length;
    }
    return file;
  }
}
