package dev.cutline.benchmarks.failover;

import dev.cutline.CaptionRequest;
import dev.cutline.Captioner;
import dev.cutline.Deadline;

/** Our captioner by itself: one server, one attempt. */
final class BareCaptioner implements Contender {
  private final Server server;
  private final Question question;
  private final Captioner captioner;

  BareCaptioner(Server server, Question question) {
    this.server = server;
    this.question = question;
    this.captioner = Contenders.captioner(server);
  }

  @Override
  public String name() {
    return "bare provider";
  }

  @Override
  public void caption() {
    CaptionRequest request =
        question.request().toBuilder().deadline(Deadline.after(server.timeout())).build();
    captioner.caption(request);
  }

  @Override
  public void close() {
    captioner.close();
  }
}
