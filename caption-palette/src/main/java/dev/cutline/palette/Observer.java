package dev.cutline.palette;

import dev.cutline.palette.Histogram.Cell;
import dev.cutline.palette.Traits.Contrast;
import dev.cutline.palette.Traits.Light;
import dev.cutline.palette.Traits.Medium;
import dev.cutline.palette.Traits.Shape;
import dev.cutline.palette.Traits.Tone;
import java.util.List;

/** Measures pixels. Static, no I/O. */
final class Observer {
  private Observer() {}

  /** Returns what there is to say; the same for the same pixels. */
  static Traits observe(Pixels pixels) {
    List<Cell> cells = Histogram.of(pixels);
    ColourRanking.Choice choice = ColourRanking.choose(cells);
    Edges edges = new Edges(pixels);
    double lightness = meanLightness(cells);
    double spread = spread(cells, lightness);
    boolean flat = spread < 1.5 && choice.colours().size() == 1;
    return new Traits(
        choice.colours(),
        choice.accented(),
        flat ? Medium.FLAT : edges.medium(),
        light(lightness),
        contrast(spread),
        tone(cells, choice),
        shape(pixels),
        edges.focus());
  }

  private static double meanLightness(List<Cell> cells) {
    return cells.stream().mapToDouble(c -> c.share() * c.colour().lightness()).sum();
  }

  /** Returns the standard deviation of lightness. */
  private static double spread(List<Cell> cells, double mean) {
    double variance = 0;
    for (Cell cell : cells) {
      double distance = cell.colour().lightness() - mean;
      variance += cell.share() * distance * distance;
    }
    return Math.sqrt(variance);
  }

  private static Light light(double lightness) {
    if (lightness < 36) {
      return Light.DARK;
    }
    return lightness > 68 ? Light.BRIGHT : Light.MEDIUM;
  }

  private static Contrast contrast(double spread) {
    if (spread < 9) {
      return Contrast.LOW;
    }
    return spread > 24 ? Contrast.HIGH : Contrast.MEDIUM;
  }

  private static Tone tone(List<Cell> cells, ColourRanking.Choice choice) {
    double chroma = 0;
    double warm = 0;
    double cold = 0;
    for (Cell cell : cells) {
      double weight = cell.share() * cell.colour().chroma();
      double hue = Math.toDegrees(Math.atan2(cell.colour().b(), cell.colour().a()));
      chroma += weight;
      if (hue > -20 && hue < 95) {
        warm += weight;
      } else if (hue > 170 || hue < -40) {
        cold += weight;
      }
    }
    if (chroma < 2.5 && choice.colours().stream().allMatch(c -> c.name().isNeutral())) {
      return Tone.COLOURLESS;
    }
    if (chroma < 9) {
      return Tone.MUTED;
    }
    if (warm > 0.7 * chroma) {
      return Tone.WARM;
    }
    if (cold > 0.7 * chroma) {
      return Tone.COLD;
    }
    return chroma > 40 ? Tone.VIVID : Tone.BALANCED;
  }

  private static Shape shape(Pixels pixels) {
    double ratio = (double) pixels.width() / pixels.height();
    if (ratio >= 2) {
      return Shape.PANORAMA;
    }
    if (ratio > 1.05) {
      return Shape.LANDSCAPE;
    }
    return ratio < 0.95 ? Shape.PORTRAIT : Shape.SQUARE;
  }
}
