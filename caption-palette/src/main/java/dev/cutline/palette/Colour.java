package dev.cutline.palette;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The colours that have a name here. Each stands at one or more points of CIELAB, given as sRGB
 * values because those can be looked at; a colour is called by the nearest point. The words are in
 * the resource bundles, under the name of the constant in lower case.
 */
enum Colour {
  BLACK(Family.DARK, 0x000000, 0x121212, 0x1c1420, 0x1c1410, 0x101820),
  DARK_GREY(Family.DARK, 0x343434, 0x4c4c4c, 0x403c38, 0x3c4044),
  GREY(Family.GREY, 0x6a6a6a, 0x8c8c8c, 0x7c7874, 0x747a80),
  LIGHT_GREY(Family.GREY, 0xa8a8a8, 0xc8c8c8, 0xd0ccc8, 0xc4c8d0, 0xd4dce4),
  WHITE(Family.LIGHT, 0xebebeb, 0xffffff, 0xf4f2ea),
  RED(Family.RED, 0xd81818, 0xe03c3c, 0xc02030, 0xc8302a, 0xa82034, 0xb02810),
  DARK_RED(Family.RED, 0x7a1014, 0x5c1418, 0x801c20),
  PINK(Family.PINK, 0xf4a6b8, 0xff80b0, 0xe89aa0, 0xd87c90),
  MAGENTA(Family.PINK, 0xc2187a, 0xe040a0),
  PURPLE(Family.PURPLE, 0x7d3fa0, 0x9a5cc0, 0x7a5a8c, 0x6a4470),
  LILAC(Family.PURPLE, 0xb8a0d0, 0xc8a8d8, 0xa890b8),
  DARK_PURPLE(Family.PURPLE, 0x3c2050, 0x4a2c50, 0x40304c),
  ORANGE(Family.ORANGE, 0xe8701a, 0xf59030, 0xe05a1a, 0xf0a060, 0xc84a18, 0xe09070),
  BROWN(Family.BROWN, 0x8a5a34, 0x7a4a28, 0xa0693c, 0x80604c, 0x9c5430),
  DARK_BROWN(Family.BROWN, 0x4a2c18, 0x3c2818, 0x54382c),
  BEIGE(Family.BEIGE, 0xd8c4a0, 0xc9b08a, 0xe8dcc4, 0xb89c7c, 0xa89480),
  YELLOW(Family.YELLOW, 0xf5d020, 0xffe84a, 0xffff00, 0xf8e080),
  OCHRE(Family.YELLOW, 0xc8982c, 0xb08a3a, 0xa87c20),
  OLIVE(Family.GREEN, 0x6e6b2c, 0x84803c, 0x55521f, 0x6a5a2c, 0x807038),
  GREEN(Family.GREEN, 0x3f9a3c, 0x2f7d32, 0x5aa850, 0x5c8040, 0x00ff00),
  DARK_GREEN(Family.GREEN, 0x1e4a24, 0x24381a, 0x304a20, 0x384a38, 0x3c4420, 0x0a5a10),
  LIGHT_GREEN(Family.GREEN, 0xa4d48c, 0x90c878, 0xb8d0a0),
  BLUE_GREEN(Family.TURQUOISE, 0x2a7f7a, 0x1e5f60, 0x4a8a88, 0x204848),
  TURQUOISE(Family.TURQUOISE, 0x30c0c0, 0x40d0c8, 0x5cc0c8, 0x00ffff),
  LIGHT_BLUE(Family.BLUE, 0x8cc4ea, 0xa8d0f0, 0x74b0e0, 0xb8d4e8, 0x8cb0d0, 0x84c4d8),
  BLUE(Family.BLUE, 0x2456c0, 0x3a70c8, 0x1e50a0, 0x0000ff, 0x4878b8),
  DARK_BLUE(Family.BLUE, 0x142850, 0x1a2038, 0x20305c, 0x2c3854, 0x000070),
  GREY_BLUE(Family.BLUE, 0x6c8094, 0x5c8088, 0x8497a8, 0x506478, 0xa0b0c0);

  /** Colours that a short description would call by one word. */
  enum Family {
    DARK,
    GREY,
    LIGHT,
    RED,
    PINK,
    PURPLE,
    ORANGE,
    BROWN,
    BEIGE,
    YELLOW,
    GREEN,
    TURQUOISE,
    BLUE
  }

  /** Squared distances that differ by this much make one name 2.7 times as fitting. */
  private static final double SOFTNESS = 60;

  private final Family family;

  @SuppressWarnings("ImmutableEnumChecker") // The list is made unmodifiable, of records.
  private final List<Lab> points;

  Colour(Family family, int... points) {
    this.family = family;
    this.points = Arrays.stream(points).mapToObj(Lab::ofRgb).toList();
  }

  /**
   * Returns the names of a colour and how much each is in place; the parts add up to 1. Between two
   * names it is part of both, so that no small change turns a large area from one into the other.
   */
  static Map<Colour, Double> namesOf(Lab lab) {
    Colour[] all = values();
    double[] distances = new double[all.length];
    double nearest = Double.MAX_VALUE;
    for (int i = 0; i < all.length; i++) {
      distances[i] = all[i].squaredDistance(lab);
      nearest = Math.min(nearest, distances[i]);
    }
    double sum = 0;
    Map<Colour, Double> parts = new EnumMap<>(Colour.class);
    for (int i = 0; i < all.length; i++) {
      double part = Math.exp((nearest - distances[i]) / SOFTNESS);
      if (part > 0.01) {
        parts.put(all[i], part);
        sum += part;
      }
    }
    double total = sum;
    parts.replaceAll((colour, part) -> part / total);
    return parts;
  }

  private double squaredDistance(Lab lab) {
    double nearest = Double.MAX_VALUE;
    for (Lab point : points) {
      nearest = Math.min(nearest, point.squaredDistance(lab));
    }
    return nearest;
  }

  List<Lab> points() {
    return points;
  }

  Family family() {
    return family;
  }

  boolean isNeutral() {
    return family == Family.DARK || family == Family.GREY || family == Family.LIGHT;
  }
}
