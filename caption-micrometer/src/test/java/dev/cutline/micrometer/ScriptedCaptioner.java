package dev.cutline.micrometer;

import dev.cutline.Capabilities;
import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.Reason;
import dev.cutline.Usage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Does what its script says, call by call; the last line is for all calls that follow. */
final class ScriptedCaptioner implements Captioner {
  static final Usage USAGE = new Usage(1000, 20);
  static final String MODEL = "model-1";

  private final Capabilities capabilities;
  private final List<Line> script;
  private final AtomicInteger calls = new AtomicInteger();

  private ScriptedCaptioner(Capabilities capabilities, List<Line> script) {
    this.capabilities = capabilities;
    this.script = script;
  }

  static ScriptedCaptioner model(Line... script) {
    return model(List.of(script));
  }

  static ScriptedCaptioner model(List<Line> script) {
    return new ScriptedCaptioner(Capabilities.builder().build(), script);
  }

  static ScriptedCaptioner byRule(Line... script) {
    return new ScriptedCaptioner(
        Capabilities.builder().model(false).local(true).build(), List.of(script));
  }

  static Line answers(String text) {
    return request -> reply(request, text, MODEL).build();
  }

  static CaptionReply.Builder reply(CaptionRequest request, String text, String model) {
    CaptionReply.Builder reply = CaptionReply.builder(model).usage(USAGE);
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

  /** Waits until the call is cancelled. */
  static Line hangs() {
    return request -> {
      CountDownLatch cancelled = new CountDownLatch(1);
      request.onCancel(cancelled::countDown);
      await(cancelled);
      throw new CaptionException(Reason.TIMEOUT, "cancelled");
    };
  }

  /** Waits for an event, and then does what another line says. */
  static Line after(CountDownLatch event, Line then) {
    return request -> {
      await(event);
      return then.answer(request);
    };
  }

  /** Tells that it is called, and then does what another line says. */
  static Line telling(CountDownLatch event, Line then) {
    return request -> {
      event.countDown();
      return then.answer(request);
    };
  }

  private static void await(CountDownLatch event) {
    try {
      event.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CaptionException(Reason.TIMEOUT, "interrupted", e);
    }
  }

  @Override
  public CaptionReply caption(CaptionRequest request) {
    return script.get(Math.min(calls.getAndIncrement(), script.size() - 1)).answer(request);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String fingerprint() {
    return "scripted/1";
  }

  /** What happens in one call. */
  @FunctionalInterface
  interface Line {
    CaptionReply answer(CaptionRequest request);
  }
}
