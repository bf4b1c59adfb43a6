package dev.cutline.imaging;

import dev.cutline.ImageFormat;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is harmless in the EXIF data of a picture, for users who want it on their records:
 * when it was taken and with which camera. Nothing else is looked at, the place least of all.
 * Thread-safe.
 */
public final class CameraFacts {
  /**
   * Key of the time of capture by the clock of the camera: an ISO local date and time, {@code
   * 2019-10-05T14:21:33}.
   */
  public static final String CAPTURE_TIME = "captureTime";

  /** Key of the maker and model of the camera: {@code Apple iPhone 11}. */
  public static final String CAMERA = "camera";

  private static final DateTimeFormatter EXIF_TIME =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /**
   * Returns what there is, under the keys of this class; empty if there is nothing or it makes no
   * sense.
   *
   * @param file the whole file; not changed and not kept
   * @throws dev.cutline.ImageRejectedException if the file is broken, which one that was inspected
   *     is not
   */
  public Map<String, String> read(byte[] file) {
    Range range = FileKinds.pictureFormat(file).map(format -> exif(file, format)).orElse(null);
    if (range == null) {
      return Map.of();
    }
    Exif exif = new Exif(file, range);
    Map<String, String> facts = new LinkedHashMap<>();
    captureTime(exif).ifPresent(time -> facts.put(CAPTURE_TIME, time));
    camera(exif).ifPresent(camera -> facts.put(CAMERA, camera));
    return Map.copyOf(facts);
  }

  private static @Nullable Range exif(byte[] file, ImageFormat format) {
    return switch (format) {
      case JPEG -> JpegStructure.readHead(file).exif();
      case PNG -> PngStructure.read(file, ImageLimits.NONE).exif();
      case WEBP -> WebpStructure.read(file, ImageLimits.NONE).exif();
      case GIF -> null;
    };
  }

  private static Optional<String> captureTime(Exif exif) {
    return exif.capturedText(Exif.DATE_TIME_ORIGINAL)
        .or(() -> exif.capturedText(Exif.DATE_TIME_DIGITIZED))
        .flatMap(CameraFacts::time);
  }

  private static Optional<String> time(String text) {
    try {
      LocalDateTime time = LocalDateTime.parse(text, EXIF_TIME);
      return Optional.of(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // cameras without a clock write blanks or zeros
    }
  }

  /** Many makers repeat their name in the model. */
  private static Optional<String> camera(Exif exif) {
    Optional<String> maker = exif.text(Exif.MAKE);
    Optional<String> model = exif.text(Exif.MODEL);
    if (maker.isEmpty() || model.isEmpty()) {
      return model.or(() -> maker);
    }
    String firstWord = maker.get().split(" ", 2)[0];
    boolean repeated = model.get().regionMatches(true, 0, firstWord, 0, firstWord.length());
    return Optional.of(repeated ? model.get() : maker.get() + " " + model.get());
  }
}
