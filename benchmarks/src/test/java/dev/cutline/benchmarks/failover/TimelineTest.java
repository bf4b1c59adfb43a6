package dev.cutline.benchmarks.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.benchmarks.failover.Outage.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class TimelineTest {
  @Test
  void drawsALineForWhoHasCaptionsAndCrossesForWhoHasNone() throws Exception {
    Document svg =
        parsed(Timeline.of(List.of(outcome("a & b", 50, null), outcome("c", 2_000, "down"))));

    Element first = group(svg, 0);
    assertThat(first.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("a & b");
    assertThat(crosses(first)).isZero();
    // The legend and the line.
    assertThat(first.getElementsByTagName("path").getLength()).isEqualTo(2);
    assertThat(crosses(group(svg, 1))).isEqualTo(10);
  }

  @Test
  void marksATimeThatStandsOut() throws Exception {
    Outcome usual = outcome("a", 50, null);
    List<Sample> probed =
        IntStream.range(0, 100)
            .mapToObj(i -> new Sample(i / 10.0, i == 55 ? 2_050 : 50, null))
            .toList();

    assertThat(dots(Timeline.of(List.of(usual)))).isZero();
    assertThat(
            dots(
                Timeline.of(
                    List.of(
                        new Outcome(
                            "a",
                            usual.healthy(),
                            usual.before(),
                            probed,
                            List.of(),
                            0,
                            List.of())))))
        .isEqualTo(1);
  }

  @Test
  void isTheSameInEveryLocale() {
    List<Outcome> outcomes = List.of(outcome("a", 50, null));
    String english = Timeline.of(outcomes);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Timeline.of(outcomes)).isEqualTo(english);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static Outcome outcome(String name, double millis, @Nullable String failure) {
    List<Sample> before =
        IntStream.range(0, 20).mapToObj(i -> new Sample(i / 10.0, 50, null)).toList();
    List<Sample> samples =
        IntStream.range(0, 100).mapToObj(i -> new Sample(i / 10.0, millis, failure)).toList();
    return new Outcome(name, Duration.ofSeconds(2), before, samples, List.of(), 0, List.of());
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static Element group(Document svg, int index) {
    return (Element) svg.getElementsByTagName("g").item(index);
  }

  private static int crosses(Element group) {
    NodeList paths = group.getElementsByTagName("path");
    return (int)
        IntStream.range(0, paths.getLength())
            .filter(i -> ((Element) paths.item(i)).getAttribute("class").equals("cross"))
            .count();
  }

  private static int dots(String svg) throws Exception {
    return parsed(svg).getElementsByTagName("circle").getLength();
  }
}
