package dev.cutline.benchmarks;

import dev.cutline.CaptionException;
import dev.cutline.CaptionReply;
import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Captioner;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.benchmarks.Answers.Answer;
import dev.cutline.benchmarks.Answers.Fate;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainOptions;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.contract.OutputContract;
import dev.cutline.core.store.MemoryRecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * What the output contract costs for a text, and the chain for a request, around a captioner that
 * answers at once: time on the clock, processor time and bytes allocated, against the bare call in
 * the same run. The chain hashes each picture, so a picture is an argument.
 *
 * <p>Arguments: {@code [--answers FILE] [--picture FILE] [--requests 20000] [--rounds 11]
 * [--warm-up 6] [--json FILE]}; the answers as in the tests of the contract.
 */
final class Chain {
  private static final Path ANSWERS =
      Path.of("caption-core", "src", "test", "resources", "dev/cutline/core/contract/answers.tsv");

  private final List<Case> cases = new ArrayList<>();
  private final byte[] picture;
  private final int requests;
  private int asked;

  private Chain(byte[] picture, int requests) {
    this.picture = picture;
    this.requests = requests;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    Path file = arguments.path("picture").orElse(Path.of("examples", "photos", "cat.jpg"));
    Chain chain = new Chain(Files.readAllBytes(file), arguments.number("requests", 20_000));
    Answers answers = Answers.read(arguments.path("answers").orElse(ANSWERS));
    for (Fate fate : Fate.values()) {
      List<Answer> all = answers.of(fate);
      chain.contract("all", all, fate);
      chain.contract(
          "English", all.stream().filter(each -> each.language().equals("en")).toList(), fate);
    }
    try (CaptionChain one = CaptionChain.builder().rung(rung("a", AtOnce.ANSWERS)).build();
        CaptionChain failing =
            CaptionChain.builder()
                .rung(Rung.builder("a", "instant", AtOnce.FAILS).breaker(false).build())
                .rung(rung("b", AtOnce.ANSWERS))
                .build();
        CaptionChain leftAlone =
            CaptionChain.builder()
                .rung(rung("a", AtOnce.FAILS))
                .rung(rung("b", AtOnce.ANSWERS))
                .build();
        CaptionChain cached =
            CaptionChain.builder()
                .rung(rung("a", AtOnce.ANSWERS))
                .cache(new MemoryRecordStore().captionCache())
                .build()) {
      ChainOptions owned = ChainOptions.builder().owner("alice").build();
      chain.requests("bare call of a captioner", AtOnce.ANSWERS::caption);
      chain.requests("chain of one rung", one::caption);
      chain.requests("chain, first rung asked and down", failing::caption);
      chain.requests("chain, first rung left alone by its breaker", leftAlone::caption);
      chain.requests("chain, cache that knows it not", request -> cached.caption(request, owned));
      chain.measure(arguments, file);
    }
  }

  private void contract(String which, List<Answer> answers, Fate fate) {
    int repeats = Math.max(1, requests / Math.max(1, answers.size()));
    String what = fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    cases.add(
        new Case(
            "contract, text %s (%s, %d texts)".formatted(what, which, answers.size()),
            answers.size() * repeats,
            () -> {
              for (int i = 0; i < repeats; i++) {
                answers.forEach(answer -> check(answer, fate));
              }
            }));
  }

  private static void check(Answer answer, Fate fate) {
    boolean good;
    try {
      OutputContract.check(answer.reply(), Set.of(answer.style()), answer.language());
      good = true;
    } catch (CaptionException e) {
      good = false;
    }
    if (good == (fate == Fate.TURNED_DOWN)) {
      throw new IllegalStateException("not as the file has it: " + answer.reply().texts());
    }
  }

  private void requests(String name, Function<CaptionRequest, CaptionReply> captioner) {
    cases.add(
        new Case(
            name,
            requests,
            () -> {
              for (int i = 0; i < requests; i++) {
                if (captioner.apply(request()).texts().size() != CaptionStyle.values().length) {
                  throw new IllegalStateException(name + ": not all styles");
                }
              }
            }));
  }

  /**
   * A picture of its own for each, so that its hash is not known yet, and a question of its own.
   */
  private CaptionRequest request() {
    asked++;
    return CaptionRequest.builder(ImageData.wrap(picture, ImageFormat.JPEG, 451, 300))
        .context("question " + asked)
        .build();
  }

  /** In turns, so that what disturbs the machine disturbs all alike. */
  private void measure(Arguments arguments, Path file) throws Exception {
    int warmUp = arguments.number("warm-up", 6);
    int rounds = arguments.number("rounds", 11);
    for (int round = -warmUp; round < rounds; round++) {
      for (Case each : cases) {
        Effort effort = Effort.of(each.work());
        if (round >= 0) {
          each.add(effort);
        }
      }
    }
    Report report =
        new Report(
            "output contract and chain, medians of %d rounds of %d; picture of %d bytes (%s)"
                .formatted(rounds, requests, picture.length, file.getFileName()),
            "what",
            "wall µs",
            "cpu µs",
            "cpu µs min",
            "cpu µs max",
            "bytes");
    for (Case each : cases) {
      report.row(
          each.name(),
          each.wall().median(),
          each.cpu().median(),
          each.cpu().min(),
          each.cpu().max(),
          Math.round(each.bytes().median()));
    }
    report.publish(arguments, System.out);
  }

  private static Rung rung(String name, Captioner captioner) {
    return Rung.builder(name, "instant", captioner).build();
  }

  /** Work that is measured, and what one of its texts or requests took in each round. */
  private record Case(
      String name, int count, Runnable work, Samples wall, Samples cpu, Samples bytes) {
    Case(String name, int count, Runnable work) {
      this(name, count, work, new Samples(), new Samples(), new Samples());
    }

    void add(Effort effort) {
      wall.add(effort.wallNanos() / 1000.0 / count);
      cpu.add(effort.cpuNanos() / 1000.0 / count);
      bytes.add((double) effort.bytes() / count);
    }
  }
}
