package dev.cutline.core.chain;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Does what its script says, call by call; the last line is for all calls that follow. */
final class ScriptedCaptioner implements Captioner {
  static final Usage USAGE = new Usage(1000, 100);

  private final Capabilities capabilities;
  private final List<Line> script;
  private final List<CaptionRequest> requests = new ArrayList<>();

  ScriptedCaptioner(Capabilities capabilities, Line... script) {
    this.capabilities = capabilities;
    this.script = List.of(script);
  }

  static ScriptedCaptioner model(Line... script) {
    return new ScriptedCaptioner(Capabilities.builder().build(), script);
  }

  static ScriptedCaptioner palette(Line... script) {
    return new ScriptedCaptioner(Capabilities.builder().model(false).local(true).build(), script);
  }

  @Override
  public CaptionReply caption(CaptionRequest request) {
    Line line;
    synchronized (requests) {
      requests.add(request);
      line = script.get(Math.min(requests.size(), script.size()) - 1);
    }
    return line.answer(request);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String fingerprint() {
    return "scripted/1";
  }

  List<CaptionRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  int calls() {
    return requests().size();
  }

  /** What happens in one call. */
  @FunctionalInterface
  interface Line {
    CaptionReply answer(CaptionRequest request);
  }

  static Line answers(String text) {
    return request -> reply(request, text).build();
  }

  static CaptionReply.Builder reply(CaptionRequest request, String text) {
    CaptionReply.Builder reply = CaptionReply.builder("model-1").usage(USAGE);
    for (CaptionStyle style : request.styles()) {
      reply.text(style, text);
    }
    return reply;
  }

  static Line fails(Reason reason) {
    return request -> {
      throw new CaptionException(reason, "says " + reason);
    };
  }

  static Line fails(Reason reason, Duration retryAfter) {
    return request -> {
      throw CaptionException.builder(reason, "says " + reason).retryAfter(retryAfter).build();
    };
  }

  static Line after(ManualTime time, Duration duration, Line then) {
    return request -> {
      time.sleepDeaf(duration);
      return then.answer(request);
    };
  }

  /** Heeds nothing, and would take an hour. */
  static Line hangs(ManualTime time) {
    return after(time, Duration.ofHours(1), answers("Too late"));
  }
}
