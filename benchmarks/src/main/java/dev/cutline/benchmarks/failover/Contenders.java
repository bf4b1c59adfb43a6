package dev.cutline.benchmarks.failover;

import dev.cutline.Captioner;
import dev.cutline.openai.Dialect;
import dev.cutline.openai.OpenAiCaptioner;
import java.util.List;

/** Makes contenders over the same servers. */
final class Contenders {
  static final String MODEL = "mock-1";

  private Contenders() {}

  /** Returns how each of them is made, ours first. */
  static List<Entry> all() {
    return List.of(
        (servers, question) -> CutlineChain.over(servers, question).build(),
        LangChain4j::over,
        SpringAi::over,
        (servers, question) -> new BareCaptioner(servers.get(0), question));
  }

  /** Returns our captioner for a server. */
  static Captioner captioner(Server server) {
    return OpenAiCaptioner.builder(Dialect.VLLM, MODEL).endpoint(server.address()).build();
  }

  /** Makes a contender. */
  @FunctionalInterface
  interface Entry {
    /** Returns a contender that asks these servers in order, or only the first if it has no way. */
    Contender over(List<Server> servers, Question question);
  }
}
