package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.imaging.PixelImage.Layout;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How well a distance of perceptual hashes tells copies of a picture from other pictures: on the
 * fourteen different photos of the corpus, 32 copies of each, and what is known to be hard. The
 * table that it prints is the one of the README; what stands there of the distance that is
 * suggested is held here.
 */
class NearDuplicateTest {
  /** What the README suggests. */
  private static final int SUGGESTED = 4;

  private static final int WORKING_EDGE = 600;
  private static final Resampler RESAMPLER = new LanczosResampler();

  @Test
  void theSuggestedDistanceFindsCopiesAndConfusesNoPhotos() {
    List<PixelImage> photos = photos();
    List<Family> families = photos.stream().map(Family::of).toList();
    Map<String, int[]> copies = copies(families);
    int[] others = others(families);
    int[] changed = slightlyOther(photos);
    int[] pages = pages();
    System.out.println(table(copies, others, changed, pages));

    assertThat(share(copies.get("resized"), SUGGESTED)).isEqualTo(1);
    assertThat(share(copies.get("recompressed"), SUGGESTED)).isEqualTo(1);
    assertThat(share(copies.get("recoloured"), SUGGESTED)).isGreaterThanOrEqualTo(0.99);
    assertThat(share(copies.get("cropped 2 %"), SUGGESTED)).isGreaterThanOrEqualTo(0.75);
    assertThat(precision(copies, others, SUGGESTED)).isEqualTo(1);
    assertThat(share(others, 15)).as("of any pairs of photos").isZero();
    assertThat(share(pages, SUGGESTED)).as("pages of one form").isLessThanOrEqualTo(0.02);
  }

  /** A photo's hash, and those of its copies by their kind. */
  private record Family(long photo, Map<String, List<Long>> copies) {
    static Family of(PixelImage photo) {
      Map<String, List<Long>> copies = new LinkedHashMap<>();
      for (Variants.Change change : Variants.all()) {
        copies
            .computeIfAbsent(change.kind(), kind -> new ArrayList<>())
            .add(hash(change.of().apply(photo)));
      }
      return new Family(hash(photo), copies);
    }

    List<Long> all() {
      List<Long> all = new ArrayList<>(List.of(photo));
      copies.values().forEach(all::addAll);
      return all;
    }
  }

  /** Of each kind of copy, how many there are at each distance from their photo. */
  private static Map<String, int[]> copies(List<Family> families) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (Family family : families) {
      family.copies().forEach((kind, copies) -> count(counts, kind, family.photo(), copies));
    }
    return counts;
  }

  private static void count(Map<String, int[]> counts, String kind, long photo, List<Long> copies) {
    int[] ofKind = counts.computeIfAbsent(kind, k -> new int[Long.SIZE + 1]);
    copies.forEach(copy -> ofKind[PerceptualHash.distance(photo, copy)]++);
  }

  /** Photos and their copies against those of all other photos. */
  private static int[] others(List<Family> families) {
    int[] counts = new int[Long.SIZE + 1];
    for (int i = 0; i < families.size(); i++) {
      for (int j = 0; j < i; j++) {
        List<Long> others = families.get(j).all();
        for (long one : families.get(i).all()) {
          others.forEach(two -> counts[PerceptualHash.distance(one, two)]++);
        }
      }
    }
    return counts;
  }

  /** Photos against themselves with something small in them: other pictures, to a person. */
  private static int[] slightlyOther(List<PixelImage> photos) {
    Random random = new Random(1);
    int[] counts = new int[Long.SIZE + 1];
    for (PixelImage photo : photos) {
      for (int i = 0; i < 5; i++) {
        PixelImage other = Variants.withSomethingSmall(photo, random);
        counts[PerceptualHash.distance(hash(photo), hash(other))]++;
      }
    }
    return counts;
  }

  /** Pages of one form that differ in all of their words. */
  private static int[] pages() {
    int[] counts = new int[Long.SIZE + 1];
    List<Long> hashes = new ArrayList<>();
    for (int seed = 0; seed < 40; seed++) {
      long hash = hash(Variants.page(new Random(seed)));
      hashes.forEach(other -> counts[PerceptualHash.distance(hash, other)]++);
      hashes.add(hash);
    }
    return counts;
  }

  private static String table(Map<String, int[]> copies, int[] others, int[] changed, int[] pages) {
    StringBuilder table = new StringBuilder("found within");
    List<Integer> distances = List.of(0, 2, 4, 6, 8, 10, 12, 14, 16);
    distances.forEach(distance -> table.append(String.format(Locale.ROOT, "%9d", distance)));
    copies.forEach((kind, counts) -> line(table, kind, counts, distances));
    line(table, "other photos", others, distances);
    line(table, "small thing more", changed, distances);
    line(table, "pages of a form", pages, distances);
    table.append(String.format(Locale.ROOT, "%n%-18s", "precision"));
    for (int distance : distances) {
      table.append(
          String.format(Locale.ROOT, "%7.2f %%", 100 * precision(copies, others, distance)));
    }
    return table.toString();
  }

  private static void line(
      StringBuilder table, String kind, int[] counts, List<Integer> distances) {
    table.append(String.format(Locale.ROOT, "%n%-18s", kind));
    for (int distance : distances) {
      table.append(String.format(Locale.ROOT, "%7.2f %%", 100 * share(counts, distance)));
    }
  }

  /** Copies that are found, of all that is found. */
  private static double precision(Map<String, int[]> copies, int[] others, int distance) {
    long right = copies.values().stream().mapToLong(counts -> within(counts, distance)).sum();
    return (double) right / (right + within(others, distance));
  }

  private static double share(int[] counts, int distance) {
    return (double) within(counts, distance) / within(counts, Long.SIZE);
  }

  private static long within(int[] counts, int distance) {
    long sum = 0;
    for (int i = 0; i <= distance; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /** As uploads are hashed: from the thumbnail. */
  private static long hash(PixelImage image) {
    return PerceptualHash.of(within(image, Renderer.THUMBNAIL_EDGE));
  }

  private static List<PixelImage> photos() {
    List<String> paths = new ArrayList<>();
    Corpus.folder("photos").stream().map(Picture::path).forEach(paths::add);
    paths.add("orientation/landscape_1.jpg");
    paths.add("metadata/mpf-stereo.jpg");
    paths.add("webp/yellow-rose-alpha.webp");
    return paths.stream()
        .map(path -> within(Pixels.shown(Corpus.bytes(path)), WORKING_EDGE))
        .peek(photo -> assertThat(photo.layout()).isEqualTo(Layout.RGB))
        .toList();
  }

  private static PixelImage within(PixelImage image, int edge) {
    Size size = new Size(image.width(), image.height()).within(edge);
    return RESAMPLER.resample(image, size.width(), size.height());
  }
}
