package dev.cutline.cli;

import java.time.LocalDate;

/** How it is said that a price is not the user's, but the vendor's of some day. */
final class PriceNote {
  private PriceNote() {}

  static String of(LocalDate listedOn) {
    return "list price of "
        + listedOn
        + ", which may have changed; set price.input and price.output";
  }
}
