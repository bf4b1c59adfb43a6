package dev.cutline.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.ImageRejectedException;
import dev.cutline.Rejection;
import dev.cutline.testsupport.corpus.Corpus;
import dev.cutline.testsupport.corpus.Corpus.Picture;
import dev.cutline.testsupport.corpus.Corpus.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusRenderTest {
  private final ImageInspector inspector = new ImageInspector(ImageLimits.ofDefaults());
  private final Renderer renderer = new Renderer();

  static List<Picture> accepted() {
    return Corpus.pictures().stream().filter(p -> p.verdict() == Verdict.ACCEPT).toList();
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void rendersEveryPictureThatIsToBeAccepted(Picture picture) {
    byte[] file = picture.bytes();
    ImageInfo info = inspector.inspect(file);

    Renditions renditions = renderer.render(file, info);

    int longEdge = Math.max(info.width(), info.height());
    assertThat(renditions.model().longEdge()).isEqualTo(Math.min(1568, longEdge));
    assertThat(renditions.thumbnail().longEdge()).isEqualTo(Math.min(300, longEdge));
    assertThat(renditions.square().width()).isEqualTo(200);
    assertThat(renditions.square().height()).isEqualTo(200);
  }

  @Test
  void refusesArithmeticCodingWithAReason() {
    byte[] file = Corpus.bytes("jpeg/arithmetic.jpg");

    assertThatThrownBy(() -> inspector.inspect(file))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> assertThat(e.rejection()).isEqualTo(Rejection.UNSUPPORTED_CODING))
        .hasMessageContaining("arithmetic");
  }
}
