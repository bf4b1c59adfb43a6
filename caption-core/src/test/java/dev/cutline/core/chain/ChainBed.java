package dev.cutline.core.chain;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.Attempt;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Deadline;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A chain on a manual clock: rungs a, b, c… of the types typea, typeb, typec… */
final class ChainBed {
  static final ImageData PICTURE = ImageData.of(new byte[10], ImageFormat.JPEG, 8, 6);

  final ManualTime time = new ManualTime();
  private final CaptionChain.Builder builder =
      CaptionChain.builder()
          .time(time)
          .executor(time.executor())
          .random(() -> 0.5)
          .fitter(new CountingFitter());
  private char name = 'a';

  ChainBed rung(Captioner captioner) {
    return rung(captioner, rung -> rung);
  }

  ChainBed rung(Captioner captioner, UnaryOperator<Rung.Builder> settings) {
    builder.rung(
        settings.apply(Rung.builder(String.valueOf(name), "type" + name, captioner)).build());
    name++;
    return this;
  }

  CaptionChain.Builder builder() {
    return builder;
  }

  CaptionChain chain() {
    return builder.build();
  }

  CaptionRequest.Builder request() {
    return CaptionRequest.builder(PICTURE)
        .styles(Set.of(CaptionStyle.CONCISE))
        .deadline(Deadline.after(Duration.ofMinutes(5), time::nanos));
  }

  CaptionReply caption() {
    return caption(chain());
  }

  CaptionReply caption(CaptionChain chain) {
    return chain.caption(request().build());
  }

  CaptionException failure() {
    return failure(chain());
  }

  CaptionException failure(CaptionChain chain) {
    return failure(chain, request().build());
  }

  CaptionException failure(CaptionChain chain, CaptionRequest request) {
    return catchThrowableOfType(CaptionException.class, () -> chain.caption(request));
  }

  static List<String> outcomes(List<Attempt> trail) {
    return trail.stream().map(each -> each.rung() + " " + each.outcome()).toList();
  }
}
