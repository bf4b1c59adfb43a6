package dev.cutline.benchmarks;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;

/** A captioner without a server: what it takes is next to nothing. */
enum AtOnce implements Captioner {
  ANSWERS {
    @Override
    public CaptionReply caption(CaptionRequest request) {
      CaptionReply.Builder reply = CaptionReply.builder("instant-1");
      for (CaptionStyle style : request.styles()) {
        reply.text(style, text(style));
      }
      return reply.build();
    }
  },
  FAILS {
    @Override
    public CaptionReply caption(CaptionRequest request) {
      throw new CaptionException(Reason.UNAVAILABLE, "down");
    }
  };

  @Override
  public Capabilities capabilities() {
    return Capabilities.builder().punctual(true).build();
  }

  @Override
  public String fingerprint() {
    return "instant/" + name();
  }

  private static String text(CaptionStyle style) {
    return switch (style) {
      case CONCISE -> "A brown cat asleep on a sofa";
      case CREATIVE -> "A brown cat sleeps through the afternoon. Outside, rain taps the glass.";
      case ALT -> "A brown cat lies curled up on a grey sofa beside a window.";
    };
  }
}
