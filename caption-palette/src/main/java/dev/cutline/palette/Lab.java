package dev.cutline.palette;

/**
 * A colour in CIELAB (D65, 2°): lightness 0 to 100, {@code a} from green to red, {@code b} from
 * blue to yellow. Distances in it are close to what people see.
 */
record Lab(double lightness, double a, double b) {
  /** Linear light of each of the 256 values of an sRGB channel. */
  private static final double[] LINEAR = linearLight();

  /** Returns the colour of a pixel in sRGB, {@code 0xRRGGBB}; higher bits are ignored. */
  static Lab ofRgb(int rgb) {
    double red = LINEAR[rgb >> 16 & 0xff];
    double green = LINEAR[rgb >> 8 & 0xff];
    double blue = LINEAR[rgb & 0xff];
    double x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
    double y = root(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
    double z = root((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
    return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
  }

  /** Returns how far it is from grey; 0 is grey, pure sRGB colours reach 100 and more. */
  double chroma() {
    return Math.hypot(a, b);
  }

  double squaredDistance(Lab other) {
    double dl = lightness - other.lightness;
    double da = a - other.a;
    double db = b - other.b;
    return dl * dl + da * da + db * db;
  }

  double distance(Lab other) {
    return Math.sqrt(squaredDistance(other));
  }

  private static double root(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }

  private static double[] linearLight() {
    double[] linear = new double[256];
    for (int i = 0; i < 256; i++) {
      double v = i / 255.0;
      linear[i] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
    return linear;
  }
}
