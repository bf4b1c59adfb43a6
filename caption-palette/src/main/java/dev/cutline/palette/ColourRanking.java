package dev.cutline.palette;

import dev.cutline.palette.Histogram.Cell;
import dev.cutline.palette.Traits.Swatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses the few colours worth naming among all that there are. */
final class ColourRanking {
  /** A second colour is named if it covers this share at least. */
  private static final double SECOND_SHARE = 0.08;

  /** Less will do where it is as unlike the first as ink is unlike paper. */
  private static final double INK_SHARE = 0.03;

  private static final double INK_DISTANCE = 60;

  /** Colours further apart than this count as wholly different. */
  private static final double APART = 40;

  /** An accent covers this share at least: below, nobody would see it. */
  private static final double ACCENT_SHARE = 0.015;

  /** An accent has at least this much colour, and lies at least so far from those named before. */
  private static final double ACCENT_CHROMA = 22;

  private static final double ACCENT_DISTANCE = 32;

  private final Map<Colour, Area> byColour = new EnumMap<>(Colour.class);
  private final Map<Colour.Family, Area> byFamily = new EnumMap<>(Colour.Family.class);

  private ColourRanking(List<Cell> cells) {
    for (Cell cell : cells) {
      Colour.namesOf(cell.colour())
          .forEach((name, part) -> add(name, cell.colour(), part * cell.share()));
    }
  }

  /** The colours chosen; the last one may be an accent. */
  record Choice(List<Swatch> colours, boolean accented) {}

  static Choice choose(List<Cell> cells) {
    return new ColourRanking(cells).choose();
  }

  private void add(Colour name, Lab lab, double share) {
    byColour.computeIfAbsent(name, colour -> new Area()).add(lab, share);
    byFamily.computeIfAbsent(name.family(), family -> new Area()).add(lab, share);
  }

  private Choice choose() {
    Map.Entry<Colour.Family, Area> first =
        byFamily.entrySet().stream()
            .max(Comparator.comparingDouble(family -> family.getValue().weight))
            .orElseThrow();
    List<Swatch> colours = new ArrayList<>(List.of(swatch(first)));
    second(first).ifPresent(family -> colours.add(swatch(family)));
    Optional<Swatch> accent = accent(colours);
    accent.ifPresent(colours::add);
    return new Choice(List.copyOf(colours), accent.isPresent());
  }

  /** A second colour says the more, the less it is like the first. */
  private Optional<Map.Entry<Colour.Family, Area>> second(Map.Entry<Colour.Family, Area> first) {
    Lab ground = first.getValue().mean();
    return byFamily.entrySet().stream()
        .filter(family -> family.getKey() != first.getKey())
        .filter(
            family -> family.getValue().share >= SECOND_SHARE || isInk(family.getValue(), ground))
        .max(
            Comparator.comparingDouble(
                family ->
                    family.getValue().weight
                        * Math.min(APART, family.getValue().mean().distance(ground))));
  }

  private static boolean isInk(Area area, Lab paper) {
    return area.share >= INK_SHARE && area.mean().distance(paper) >= INK_DISTANCE;
  }

  /** An accent, too, says the more, the less it is like what is named before. */
  private Optional<Swatch> accent(List<Swatch> named) {
    return byColour.entrySet().stream()
        .filter(colour -> isAccent(colour.getKey(), colour.getValue(), named))
        .max(
            Comparator.comparingDouble(
                colour -> colour.getValue().weight * difference(colour.getValue().mean(), named)))
        .map(colour -> new Swatch(colour.getKey(), colour.getValue().mean()));
  }

  private static boolean isAccent(Colour name, Area area, List<Swatch> named) {
    Lab mean = area.mean();
    return area.share >= ACCENT_SHARE
        && mean.chroma() >= ACCENT_CHROMA
        && named.stream().noneMatch(other -> other.name().family() == name.family())
        && difference(mean, named) >= ACCENT_DISTANCE;
  }

  /** Beside a colour only another hue makes a difference; beside black or grey any colour does. */
  private static double difference(Lab accent, List<Swatch> named) {
    return named.stream()
        .mapToDouble(
            other -> {
              Lab mean = other.mean();
              return other.name().isNeutral()
                  ? accent.distance(mean)
                  : Math.hypot(accent.a() - mean.a(), accent.b() - mean.b());
            })
        .min()
        .orElseThrow();
  }

  /** The name of a family is that of its member with the greatest share. */
  private Swatch swatch(Map.Entry<Colour.Family, Area> family) {
    Colour name =
        byColour.entrySet().stream()
            .filter(colour -> colour.getKey().family() == family.getKey())
            .max(Comparator.comparingDouble(colour -> colour.getValue().share))
            .orElseThrow()
            .getKey();
    return new Swatch(name, family.getValue().mean());
  }

  /** All pixels that go by one name. */
  private static final class Area {
    private double share;
    private double weight;
    private double lightness;
    private double a;
    private double b;

    /** Strong colours catch the eye: a pixel of pure red weighs more than two of grey. */
    void add(Lab lab, double part) {
      double partWeight = part * (0.5 + lab.chroma() / 60);
      share += part;
      weight += partWeight;
      lightness += partWeight * lab.lightness();
      a += partWeight * lab.a();
      b += partWeight * lab.b();
    }

    Lab mean() {
      return new Lab(lightness / weight, a / weight, b / weight);
    }
  }
}
