package dev.cutline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageRejectedException;
import dev.cutline.core.chain.ImageFitter;
import dev.cutline.core.chain.JpegFitter;
import dev.cutline.core.contract.OutputContract;
import dev.cutline.imaging.ImageInspector;
import dev.cutline.imaging.ImageLimits;
import dev.cutline.imaging.Renderer;
import dev.cutline.palette.PaletteCaptioner;
import dev.cutline.testsupport.corpus.Corpus;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written by rule needs no repair: the contract passes each text on as it is. */
class PaletteCaptionsTest {
  private static final ImageInspector INSPECTOR = new ImageInspector(ImageLimits.ofDefaults());
  private static final Renderer RENDERER = new Renderer();
  private static final ImageFitter FITTER = new JpegFitter();

  private final Captioner palette = PaletteCaptioner.ofDefaults();

  @ParameterizedTest
  @MethodSource("pictures")
  void textsPassTheContractUnrepairedInEveryLanguage(Corpus.Picture picture) {
    ImageData fitted = fitted(picture);

    assertThat(palette.capabilities().languages()).hasSize(4);
    for (String language : palette.capabilities().languages()) {
      CaptionRequest request = CaptionRequest.builder(fitted).language(language).build();

      CaptionReply written = palette.caption(request);
      CaptionReply checked = OutputContract.check(written, request.styles(), language);

      assertThat(checked.texts()).as(language).isEqualTo(written.texts());
      assertThat(checked.texts().keySet()).isEqualTo(request.styles());
    }
  }

  /** Every picture that is taken: what may be refused is left out where it is refused. */
  static List<Corpus.Picture> pictures() {
    return Corpus.pictures().stream().filter(PaletteCaptionsTest::isTaken).toList();
  }

  private static boolean isTaken(Corpus.Picture picture) {
    if (picture.verdict() == Corpus.Verdict.ACCEPT) {
      return true;
    }
    try {
      fitted(picture);
      return true;
    } catch (ImageRejectedException e) {
      return false;
    }
  }

  /** As the chain sends it: the rendition for models, as small as palette wants it. */
  private static ImageData fitted(Corpus.Picture picture) {
    byte[] file = picture.bytes();
    ImageData model = RENDERER.render(file, INSPECTOR.inspect(file)).model();
    return FITTER.fit(model, PaletteCaptioner.ofDefaults().capabilities());
  }
}
