package dev.cutline.core;

import dev.cutline.Capabilities;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.LanguageTags;
import dev.cutline.Usage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Answers as a test wants, and remembers what it was asked. */
final class FakeCaptioner implements Captioner {
  final List<CaptionRequest> requests = new CopyOnWriteArrayList<>();
  private final Capabilities capabilities;
  private String fingerprint = "fake";
  private volatile Function<CaptionRequest, CaptionReply> answer = request -> reply(request, "one");

  FakeCaptioner() {
    this(Capabilities.builder().build());
  }

  FakeCaptioner(Capabilities capabilities) {
    this.capabilities = capabilities;
  }

  /** Returns one that describes by rule. */
  static FakeCaptioner byRule() {
    return new FakeCaptioner(Capabilities.builder().local(true).model(false).build());
  }

  /** Sets what it is known by; before it becomes a rung. */
  FakeCaptioner fingerprint(String fingerprint) {
    this.fingerprint = fingerprint;
    return this;
  }

  FakeCaptioner answers(String word) {
    this.answer = request -> reply(request, word);
    return this;
  }

  FakeCaptioner answers(Function<CaptionRequest, CaptionReply> answer) {
    this.answer = answer;
    return this;
  }

  FakeCaptioner fails(RuntimeException failure) {
    this.answer =
        request -> {
          throw failure;
        };
    return this;
  }

  @Override
  public CaptionReply caption(CaptionRequest request) {
    requests.add(request);
    return answer.apply(request);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String fingerprint() {
    return fingerprint + "/" + capabilities.isModel();
  }

  /** Returns texts that meet the output contract and hold a word. */
  static CaptionReply reply(CaptionRequest request, String word) {
    CaptionReply.Builder reply =
        CaptionReply.builder("fake-1").usage(new Usage(100, 20)).promptVersion("7");
    boolean english = LanguageTags.primary(request.language()).equals("en");
    for (CaptionStyle style : request.styles()) {
      reply.text(
          style,
          !english
              ? "Panorama " + word // much the same in any language
              : switch (style) {
                case CONCISE -> "Boat number " + word + " on calm water";
                case CREATIVE ->
                    "Boat number " + word + " rests on calm water while evening comes down.";
                case ALT -> "A small boat, number " + word + ", on calm water";
              });
    }
    return reply.build();
  }
}
