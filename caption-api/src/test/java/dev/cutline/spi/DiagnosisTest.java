package dev.cutline.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.spi.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private final List<Finding> found = new ArrayList<>();
  private final Diagnosis diagnosis = Diagnosis.of("image store", found::add);

  @Test
  void handsEachFindingOnWithItsSubject() {
    diagnosis.ok("is there");
    diagnosis.about("credentials").warn("are old", "renew them");

    assertThat(found)
        .extracting(Finding::toString)
        .containsExactly("OK image store: is there", "WARN credentials: are old; renew them");
    assertThat(found.get(0).remedy()).isEmpty();
    assertThat(diagnosis.hasFailed()).isFalse();
  }

  @Test
  void knowsOfAFailureWhateverItWasAbout() {
    diagnosis.about("credentials").fail("are none", null);

    assertThat(diagnosis.hasFailed()).isTrue();
    assertThat(found.get(0)).hasToString("FAIL credentials: are none");
  }

  @Test
  void saysWhatWouldAllowWhatWasDenied() {
    diagnosis.denied("cannot write", "allow it", "{}");
    diagnosis.about("other").needs("{\"Effect\":\"Allow\"}");

    assertThat(found.get(0).permission()).contains("{}");
    assertThat(found.get(0).level()).isEqualTo(Level.FAIL);
    assertThat(diagnosis.needed()).contains("{\"Effect\":\"Allow\"}");
  }

  @Test
  void findingsThatSayTheSameAreEqual() {
    diagnosis.warn("a", "b");
    diagnosis.warn("a", "b");
    diagnosis.warn("a", "c");
    diagnosis.about("x").warn("a", "b");

    assertThat(found.get(0)).isEqualTo(found.get(1)).hasSameHashCodeAs(found.get(1));
    assertThat(found.get(0)).isNotEqualTo(found.get(2)).isNotEqualTo(found.get(3));
  }
}
