package dev.cutline.palette;

import java.util.List;

/**
 * What can be said of a picture without knowing what is in it.
 *
 * @param colours one or two colours that set the tone, the strongest first, and up to one more that
 *     is only an accent
 * @param accented whether the last colour is an accent
 */
record Traits(
    List<Swatch> colours,
    boolean accented,
    Medium medium,
    Light light,
    Contrast contrast,
    Tone tone,
    Shape shape,
    Focus focus) {

  /** A named colour, and where in CIELAB its pixels lie on average. */
  record Swatch(Colour name, Lab mean) {}

  /** What kind of file it seems to be, judged by flat areas and edges. */
  enum Medium {
    /** One colour all over. */
    FLAT,
    /** No edge anywhere, yet several colours. */
    GRADIENT,
    PHOTO,
    DRAWING,
    SCREENSHOT,
    UNKNOWN
  }

  enum Light {
    DARK,
    MEDIUM,
    BRIGHT
  }

  enum Contrast {
    LOW,
    MEDIUM,
    HIGH
  }

  enum Tone {
    WARM,
    COLD,
    MUTED,
    VIVID,
    BALANCED,
    /** Black, white and grey only. */
    COLOURLESS
  }

  enum Shape {
    LANDSCAPE,
    PORTRAIT,
    SQUARE,
    PANORAMA
  }

  /** Where most of the detail lies. */
  enum Focus {
    CENTRE,
    LEFT,
    RIGHT,
    UPPER,
    LOWER,
    /** A level band between the upper and the lower third. */
    MIDDLE,
    EVEN,
    NONE
  }

  /** Returns the colours that set the tone: one or two. */
  List<Swatch> main() {
    return accented ? colours.subList(0, colours.size() - 1) : colours;
  }
}
