package dev.cutline.benchmarks.failover;

import dev.cutline.Captioner;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.Rung;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Our chain, as it comes but for what the builder sets. */
final class CutlineChain implements Contender {
  private final String name;
  private final Question question;
  private final CaptionChain chain;
  private final List<Captioner> captioners;

  private CutlineChain(
      String name, Question question, CaptionChain chain, List<Captioner> captioners) {
    this.name = name;
    this.question = question;
    this.chain = chain;
    this.captioners = captioners;
  }

  static Builder over(List<Server> servers, Question question) {
    return new Builder(servers, question);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void caption() {
    chain.caption(question.request());
  }

  @Override
  public void close() {
    chain.close();
    captioners.forEach(Captioner::close);
  }

  /** Builds a {@link CutlineChain}. */
  static final class Builder {
    private final List<Server> servers;
    private final Question question;
    private final CaptionChain.Builder chain = CaptionChain.builder();
    private String name = "cutline";
    private UnaryOperator<Rung.Builder> rungs = UnaryOperator.identity();

    private Builder(List<Server> servers, Question question) {
      this.servers = servers;
      this.question = question;
    }

    Builder name(String name) {
      this.name = name;
      return this;
    }

    Builder deadline(Duration deadline) {
      chain.deadline(deadline);
      return this;
    }

    Builder maxThreads(int maxThreads) {
      chain.maxThreads(maxThreads);
      return this;
    }

    /** Sets what is special about every rung. */
    Builder rungs(UnaryOperator<Rung.Builder> rungs) {
      this.rungs = rungs;
      return this;
    }

    CutlineChain build() {
      List<Captioner> captioners = new ArrayList<>();
      for (Server server : servers) {
        Captioner captioner = Contenders.captioner(server);
        captioners.add(captioner);
        Rung.Builder rung =
            Rung.builder("r" + captioners.size(), "openai", captioner).timeout(server.timeout());
        chain.rung(rungs.apply(rung).build());
      }
      return new CutlineChain(name, question, chain.build(), captioners);
    }
  }
}
