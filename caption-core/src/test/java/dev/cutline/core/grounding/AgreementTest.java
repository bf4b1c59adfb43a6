package dev.cutline.core.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {
  /** Measured on single captions of the table; not to get worse. */
  private static final double MOST_FALSE = 0.10;

  private static final double LEAST_CAUGHT = 0.31;

  private final Agreement agreement = new Agreement();

  @Test
  void tellsPairsOfRightCaptionsFromOthersAsWellAsWasMeasured() {
    List<Judged.Caption> captions =
        Judged.captions().stream().filter(each -> !each.isCreative()).toList();
    int right = 0;
    int falseAlarms = 0;
    int mixed = 0;
    int caught = 0;
    for (int i = 0; i < captions.size(); i++) {
      for (int j = i + 1; j < captions.size(); j++) {
        Judged.Caption one = captions.get(i);
        Judged.Caption other = captions.get(j);
        if (one.photo().equals(other.photo()) && (one.isRight() || other.isRight())) {
          boolean missing = agreement.isMissing(one.text(), other.text(), "en");
          boolean bothRight = one.isRight() && other.isRight();
          right += bothRight ? 1 : 0;
          falseAlarms += bothRight && missing ? 1 : 0;
          mixed += bothRight ? 0 : 1;
          caught += !bothRight && missing ? 1 : 0;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "agreement: missing in %d of %d pairs with a wrong caption, and in %d of %d without%n",
        caught,
        mixed,
        falseAlarms,
        right);
    assertThat((double) falseAlarms / right).isLessThan(MOST_FALSE);
    assertThat((double) caught / mixed).isGreaterThan(LEAST_CAUGHT);
  }

  @ParameterizedTest
  @CsvSource({
    "A dog runs along a beach, A red car parked in a city, true",
    "A dog runs along a beach, A puppy plays by the shore, false",
    "A dog runs along a beach, Dogs and their shadows, false",
    "A calm and misty morning, A red car parked in a city, false",
    "A dog, A red car parked in a city, false"
  })
  void isMissingWhereBothNameThingsAndNoneIsTheSame(String one, String other, boolean missing) {
    assertThat(agreement.isMissing(one, other, "en")).isEqualTo(missing);
    assertThat(agreement.isMissing(other, one, "en")).isEqualTo(missing);
    assertThat(agreement.isMissing(one, other, "de")).isFalse();
  }

  @Test
  void sharesContentWordsSynonymsAndKinds() {
    assertThat(agreement.share("A small dog on red carpet", "The puppies and a red, small rug"))
        .hasValue(0.75);
    assertThat(agreement.share("A dog", "A cat on a red carpet")).isEmpty();
  }
}
