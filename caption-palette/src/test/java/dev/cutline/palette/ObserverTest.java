package dev.cutline.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.cutline.palette.Traits.Contrast;
import dev.cutline.palette.Traits.Focus;
import dev.cutline.palette.Traits.Light;
import dev.cutline.palette.Traits.Medium;
import dev.cutline.palette.Traits.Shape;
import dev.cutline.palette.Traits.Swatch;
import dev.cutline.palette.Traits.Tone;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObserverTest {
  /** The values of Bruce Lindbloom's calculator for sRGB and D65. */
  @ParameterizedTest
  @CsvSource({
    "ffffff, 100, 0, 0",
    "000000, 0, 0, 0",
    "ff0000, 53.24, 80.09, 67.20",
    "00ff00, 87.73, -86.18, 83.18",
    "0000ff, 32.30, 79.19, -107.86",
    "777777, 50.03, 0, 0"
  })
  void convertsToLab(String rgb, double lightness, double a, double b) {
    Lab lab = Lab.ofRgb(Integer.parseInt(rgb, 16));

    assertThat(lab.lightness()).isCloseTo(lightness, within(0.02));
    assertThat(lab.a()).isCloseTo(a, within(0.02));
    assertThat(lab.b()).isCloseTo(b, within(0.02));
  }

  @ParameterizedTest
  @CsvSource({
    "ff0000, RED",
    "00ff00, GREEN",
    "0000ff, BLUE",
    "ffff00, YELLOW",
    "00ffff, TURQUOISE",
    "800000, DARK_RED",
    "808080, GREY",
    "ffa500, ORANGE",
    "800080, PURPLE",
    "ffc0cb, PINK",
    "8b4513, BROWN",
    "f5f5dc, WHITE",
    "d2b48c, BEIGE",
    "000080, DARK_BLUE",
    "808000, OLIVE",
    "87ceeb, LIGHT_BLUE",
    "006400, DARK_GREEN",
    "1c1c1c, BLACK"
  })
  void callsColoursByTheirUsualNames(String rgb, Colour name) {
    assertThat(bestName(Lab.ofRgb(Integer.parseInt(rgb, 16)))).isEqualTo(name);
  }

  @Test
  void everyColourIsNearestToItsOwnPoints() {
    for (Colour colour : Colour.values()) {
      assertThat(colour.points()).isNotEmpty();
      for (Lab point : colour.points()) {
        assertThat(bestName(point)).isEqualTo(colour);
      }
    }
  }

  @Test
  void passesFromOneNameToTheNextWithoutAJump() {
    Lab red = Lab.ofRgb(0xd81818);
    Lab orange = Lab.ofRgb(0xe8701a);
    Map<Colour, Double> before = Colour.namesOf(red);
    for (int step = 1; step <= 100; step++) {
      double way = step / 100.0;
      Map<Colour, Double> now =
          Colour.namesOf(
              new Lab(
                  red.lightness() + way * (orange.lightness() - red.lightness()),
                  red.a() + way * (orange.a() - red.a()),
                  red.b() + way * (orange.b() - red.b())));

      assertThat(now.values().stream().mapToDouble(part -> part).sum()).isCloseTo(1, within(1e-9));
      for (Colour colour : Colour.values()) {
        assertThat(now.getOrDefault(colour, 0.0))
            .isCloseTo(before.getOrDefault(colour, 0.0), within(0.15));
      }
      before = now;
    }
    assertThat(Colour.namesOf(red)).containsOnlyKeys(Colour.RED);
    assertThat(Colour.namesOf(orange)).containsOnlyKeys(Colour.ORANGE);
  }

  @Test
  void countsTheShareOfEachColour() {
    List<Histogram.Cell> cells =
        Histogram.of(Pictures.pixels(10, 10, (x, y) -> y < 7 ? 0xd01010 : x < 5 ? 0xffffff : 0));

    assertThat(cells)
        .extracting(cell -> bestName(cell.colour()), Histogram.Cell::share)
        .containsExactly(
            tuple(Colour.BLACK, 0.15), tuple(Colour.RED, 0.7), tuple(Colour.WHITE, 0.15));
  }

  @Test
  void namesSmallButStrikingColoursAsAccent() {
    Traits traits =
        observe(100, 100, (x, y) -> x < 2 ? 0xd81818 : (x + y) % 2 == 0 ? 0x787878 : 0x888888);

    assertThat(traits.colours()).extracting(Swatch::name).containsExactly(Colour.GREY, Colour.RED);
    assertThat(traits.accented()).isTrue();
    assertThat(traits.main()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, SQUARE",
    "104, 100, SQUARE",
    "120, 100, LANDSCAPE",
    "199, 100, LANDSCAPE",
    "200, 100, PANORAMA",
    "90, 100, PORTRAIT",
    "20, 100, PORTRAIT"
  })
  void tellsTheShape(int width, int height, Shape shape) {
    assertThat(observe(width, height, (x, y) -> 0).shape()).isEqualTo(shape);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 99, 0, 99, EVEN",
    "40, 60, 40, 60, CENTRE",
    "0, 25, 0, 99, LEFT",
    "75, 99, 0, 99, RIGHT",
    "0, 99, 0, 25, UPPER",
    "0, 99, 75, 99, LOWER",
    "0, 99, 36, 37, MIDDLE"
  })
  void tellsWhereTheDetailLies(int left, int right, int top, int bottom, Focus focus) {
    Random random = new Random(5);
    Traits traits =
        observe(
            100,
            100,
            (x, y) ->
                x >= left && x <= right && y >= top && y <= bottom
                    ? 0x10101 * random.nextInt(256)
                    : 0x808080);

    assertThat(traits.focus()).isEqualTo(focus);
  }

  @Test
  void tellsLightAndContrast() {
    assertThat(observe(20, 20, (x, y) -> 0x202020).light()).isEqualTo(Light.DARK);
    assertThat(observe(20, 20, (x, y) -> 0x808080).light()).isEqualTo(Light.MEDIUM);
    assertThat(observe(20, 20, (x, y) -> 0xd0d0d0).light()).isEqualTo(Light.BRIGHT);
    assertThat(observe(20, 20, (x, y) -> 0x808080).contrast()).isEqualTo(Contrast.LOW);
    assertThat(observe(20, 20, (x, y) -> x < 10 ? 0x505050 : 0x909090).contrast())
        .isEqualTo(Contrast.MEDIUM);
    assertThat(observe(20, 20, (x, y) -> x < 10 ? 0 : 0xffffff).contrast())
        .isEqualTo(Contrast.HIGH);
  }

  @ParameterizedTest
  @CsvSource({
    "d06020, d08040, WARM",
    "2040a0, 4080b0, COLD",
    "858075, 757880, MUTED",
    "404040, c0c0c0, COLOURLESS",
    "ff0000, 0000ff, VIVID",
    "a07050, 507090, BALANCED"
  })
  void tellsTheTone(String first, String second, Tone tone) {
    int one = Integer.parseInt(first, 16);
    int other = Integer.parseInt(second, 16);

    assertThat(observe(20, 20, (x, y) -> x < 10 ? one : other).tone()).isEqualTo(tone);
  }

  @Test
  void leavesTheMediumOpenWhereThereAreTooFewPixels() {
    assertThat(observe(3, 3, (x, y) -> x * 0x303030).medium()).isEqualTo(Medium.UNKNOWN);
  }

  private static Colour bestName(Lab lab) {
    return Collections.max(Colour.namesOf(lab).entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  private static Traits observe(int width, int height, IntBinaryOperator colourAt) {
    return Observer.observe(Pictures.pixels(width, height, colourAt));
  }
}
