package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.Label;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
  private static final ImageData PICTURE = ImageData.of(new byte[] {1}, ImageFormat.JPEG, 1, 1);

  @Test
  void sameQuestionHasTheSameKey() {
    assertThat(key(r -> r.context("at sea"))).isEqualTo(key(r -> r.context("at sea")));
    assertThat(key(r -> r)).matches("[0-9a-f]{64}");
  }

  @Test
  void everyPartOfTheQuestionCounts() {
    List<String> keys =
        Stream.of(
                key(r -> r),
                key(r -> r.styles(Set.of(CaptionStyle.ALT))),
                key(r -> r.language("de")),
                key(r -> r.context("at sea")),
                key(r -> r.labels(List.of(Label.of("boat", 0.9)))),
                key(r -> r.labels(List.of(Label.of("boat", 0.8)))),
                key(
                    r ->
                        r.labels(
                            List.of(
                                Label.builder("boat", 0.9).parents(List.of("vehicle")).build()))),
                key(
                    r ->
                        r.labels(
                            List.of(
                                Label.builder("boat", 0.9)
                                    .boxes(List.of(new Label.Box(0, 0, 0.5, 0.5)))
                                    .build()))),
                key(request(r -> r), "other bytes", "print"),
                key(request(r -> r), "sha", "other print"))
            .toList();

    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void textMovedFromOneFieldToTheNextIsAnotherQuestion() {
    assertThat(key(r -> r.labels(labels("boat", "sea"))))
        .isNotEqualTo(key(r -> r.labels(labels("boatsea"))))
        .isNotEqualTo(key(r -> r.labels(labels("boats", "ea"))));
    assertThat(key(request(r -> r), "ab", "c")).isNotEqualTo(key(request(r -> r), "a", "bc"));
    assertThat(key(r -> r.context("en"))).isNotEqualTo(key(r -> r.labels(labels("en"))));
  }

  @Test
  void halvesOfCharactersAreToldApart() {
    assertThat(key(r -> r.context("\ud83d"))).isNotEqualTo(key(r -> r.context("\ud83e")));
  }

  private static List<Label> labels(String... names) {
    return Stream.of(names).map(name -> Label.of(name, 0.5)).toList();
  }

  private static String key(UnaryOperator<CaptionRequest.Builder> change) {
    return key(request(change), "sha", "print");
  }

  private static String key(CaptionRequest request, String sha256, String fingerprint) {
    return CacheKey.of(request, request.styles(), sha256, fingerprint);
  }

  private static CaptionRequest request(UnaryOperator<CaptionRequest.Builder> change) {
    return change.apply(CaptionRequest.builder(PICTURE)).build();
  }
}
