package dev.cutline.micrometer;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainListener;
import dev.cutline.core.chain.ChainOptions;
import dev.cutline.core.chain.Rung;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A chain of rungs a, b, c… of the types typea, typeb, typec…, in real time. */
final class Bed implements AutoCloseable {
  /** How many answers a rung gives before it is known what is usual there. */
  static final int WARM = 20;

  private final CaptionChain.Builder builder = CaptionChain.builder();
  private final List<CaptionChain> built = new ArrayList<>();
  private char name = 'a';

  Bed rung(Captioner captioner) {
    return rung(captioner, rung -> rung);
  }

  Bed rung(Captioner captioner, UnaryOperator<Rung.Builder> settings) {
    builder.rung(settings.apply(Rung.builder(name + "", "type" + name, captioner)).build());
    name++;
    return this;
  }

  CaptionChain.Builder builder() {
    return builder;
  }

  CaptionChain chain(ChainListener listener) {
    CaptionChain chain = builder.listener(listener).build();
    built.add(chain);
    return chain;
  }

  static CaptionRequest.Builder request() {
    return CaptionRequest.builder(ImageData.of(new byte[10], ImageFormat.JPEG, 8, 6))
        .styles(Set.of(CaptionStyle.CONCISE));
  }

  static CaptionReply caption(CaptionChain chain) {
    return chain.caption(request().build());
  }

  static CaptionReply caption(CaptionChain chain, String owner) {
    return chain.caption(request().build(), ChainOptions.builder().owner(owner).build());
  }

  static CaptionException failure(CaptionChain chain) {
    return catchThrowableOfType(CaptionException.class, () -> chain.caption(request().build()));
  }

  /** Returns a captioner that answers at once until it is known that it usually does. */
  static ScriptedCaptioner usuallyFast(ScriptedCaptioner.Line... then) {
    List<ScriptedCaptioner.Line> script =
        new ArrayList<>(Collections.nCopies(WARM, ScriptedCaptioner.answers("A cat")));
    script.addAll(List.of(then));
    return ScriptedCaptioner.model(script);
  }

  static void warm(CaptionChain chain) {
    for (int i = 0; i < WARM; i++) {
      caption(chain);
    }
  }

  @Override
  public void close() {
    built.forEach(CaptionChain::close);
  }
}
