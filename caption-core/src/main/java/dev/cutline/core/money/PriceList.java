package dev.cutline.core.money;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is charged for models where the settings do not say: list prices of the vendors, each with
 * the day on which it was seen and where. They stand in {@code prices.tsv} and nowhere else.
 * Immutable.
 */
public final class PriceList {
  private static final String FILE = "prices.tsv";
  private static final Pattern SNAPSHOT = Pattern.compile("-\\d{8}|-\\d{4}-\\d{2}-\\d{2}");
  private static final String BY_PIXELS = "w*h/";

  private final List<Row> rows;

  private PriceList(List<Row> rows) {
    this.rows = rows;
  }

  /** Reads the list. */
  public static PriceList load() {
    try (InputStream file = PriceList.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException(FILE + " is missing from the jar of caption-core");
      }
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      return new PriceList(
          reader
              .lines()
              .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
              .map(PriceList::row)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what is known of a model.
   *
   * @param type id of the provider
   * @param model as the settings name it; a snapshot of a model, with its date at the end, is that
   *     model
   */
  public Optional<Row> find(String type, String model) {
    return rows.stream().filter(row -> row.type().equals(type) && isOf(row, model)).findFirst();
  }

  /** Returns all rows, in the order of the file. */
  public List<Row> rows() {
    return rows;
  }

  private static boolean isOf(Row row, String model) {
    return model.startsWith(row.model())
        && (model.length() == row.model().length()
            || SNAPSHOT.matcher(model.substring(row.model().length())).matches());
  }

  private static Row row(String line) {
    String[] fields = line.split("\t", -1);
    if (fields.length != 8) {
      throw new IllegalStateException(FILE + ": eight fields, not " + fields.length + ": " + line);
    }
    LocalDate checked = LocalDate.parse(fields[6]);
    Prices prices =
        Prices.builder()
            .input(new BigDecimal(fields[2]))
            .output(new BigDecimal(fields[3]))
            .listedOn(checked)
            .build();
    return new Row(fields[0], fields[1], prices, tokens(fields[4], fields[5]), fields[7]);
  }

  private static TokenEstimate tokens(String picture, String text) {
    int percent = Integer.parseInt(text);
    return picture.startsWith(BY_PIXELS)
        ? TokenEstimate.byPixels(Integer.parseInt(picture.substring(BY_PIXELS.length())), percent)
        : TokenEstimate.byPicture(Integer.parseInt(picture), percent);
  }

  /**
   * What is known of one model.
   *
   * @param type id of the provider
   * @param model its id there
   * @param prices with the day on which they were seen
   * @param tokens how it counts
   * @param source where the price was seen
   */
  public record Row(
      String type, String model, Prices prices, TokenEstimate tokens, String source) {}
}
