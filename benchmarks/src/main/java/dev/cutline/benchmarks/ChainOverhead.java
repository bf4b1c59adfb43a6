package dev.cutline.benchmarks;

import dev.cutline.CaptionRequest;
import dev.cutline.ImageData;
import dev.cutline.ImageFormat;
import dev.cutline.core.chain.CaptionChain;
import dev.cutline.core.chain.ChainOptions;
import dev.cutline.core.chain.Rung;
import dev.cutline.core.contract.OutputContract;
import dev.cutline.core.store.MemoryRecordStore;
import dev.cutline.spi.VirtualThreads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the chain adds to a call of one healthy captioner that returns at once, request by request:
 * median and 99th percentile of the time on the clock, and bytes allocated. The picture is as the
 * rung takes it and its hash is known: hashing and rendering are left out. Beside it, in the same
 * run, what no chain that survives a hanging captioner can do without: to hand work to another
 * thread and wait for it.
 *
 * <p>Arguments: {@code [--requests 20000] [--rounds 11] [--warm-up 6] [--json FILE]}.
 */
final class ChainOverhead {
  private static final ImageData PICTURE =
      ImageData.wrap(new byte[] {1}, ImageFormat.JPEG, 1568, 1045);

  private final List<Case> cases = new ArrayList<>();
  private final int requests;

  private ChainOverhead(int requests) {
    this.requests = requests;
  }

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.of(args);
    ChainOverhead overhead = new ChainOverhead(arguments.number("requests", 20_000));
    ExecutorService threads = VirtualThreads.executor().orElseGet(Executors::newCachedThreadPool);
    Rung rung = Rung.builder("a", "instant", AtOnce.ANSWERS).build();
    try (CaptionChain chain = CaptionChain.builder().rung(rung).build();
        CaptionChain cached =
            CaptionChain.builder()
                .rung(rung)
                .cache(new MemoryRecordStore().captionCache())
                .build()) {
      ChainOptions owned = ChainOptions.builder().owner("alice").build();
      CaptionRequest request = request(0);
      var reply = AtOnce.ANSWERS.caption(request);
      overhead.add("bare call", i -> AtOnce.ANSWERS.caption(request(i)));
      overhead.add(
          "bare call on another thread",
          i ->
              CompletableFuture.supplyAsync(() -> AtOnce.ANSWERS.caption(request(i)), threads)
                  .join());
      overhead.add(
          "output contract, three texts",
          i -> OutputContract.check(reply, request.styles(), request.language()));
      overhead.add("chain", i -> chain.caption(request(i)));
      overhead.add(
          "chain, asynchronous and waited for",
          i -> chain.captionAsync(request(i), ChainOptions.ofDefaults()).join());
      overhead.add("chain, cache that knows it not", i -> cached.caption(request(i), owned));
      overhead.add("chain, cache that knows it", i -> cached.caption(request(i % 16), owned));
      overhead.measure(arguments);
    } finally {
      threads.shutdown();
    }
  }

  private static CaptionRequest request(int question) {
    return CaptionRequest.builder(PICTURE).context("question " + question).build();
  }

  private void add(String name, Ask ask) {
    cases.add(new Case(name, ask, new Samples(), new Samples(), new Samples(), new Samples()));
  }

  /** In turns, so that what disturbs the machine disturbs all alike. */
  private void measure(Arguments arguments) throws Exception {
    int warmUp = arguments.number("warm-up", 6);
    int rounds = arguments.number("rounds", 11);
    long[] nanos = new long[requests];
    for (int round = -warmUp; round < rounds; round++) {
      int first = (round + warmUp) * requests;
      for (Case each : cases) {
        Effort effort = Effort.of(() -> askAll(each.ask(), first, nanos));
        if (round >= 0) {
          each.add(nanos, effort);
        }
      }
    }
    Report report =
        new Report(
            "what the chain adds to a call, medians of %d rounds of %d".formatted(rounds, requests),
            "what",
            "p50 µs",
            "p99 µs",
            "cpu µs",
            "bytes");
    for (Case each : cases) {
      report.row(
          each.name(),
          each.p50().median(),
          each.p99().median(),
          each.cpu().median(),
          Math.round(each.bytes().median()));
    }
    report.publish(arguments, System.out);
  }

  private static void askAll(Ask ask, int first, long[] nanos) {
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      Object answer = ask.ask(first + i);
      nanos[i] = System.nanoTime() - start;
      if (answer == null) {
        throw new IllegalStateException("no answer");
      }
    }
  }

  /** One of many, numbered, so that each can be another question. */
  @FunctionalInterface
  private interface Ask {
    Object ask(int number);
  }

  private record Case(String name, Ask ask, Samples p50, Samples p99, Samples cpu, Samples bytes) {
    void add(long[] nanos, Effort effort) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      p50.add(sorted[sorted.length / 2] / 1000.0);
      p99.add(sorted[sorted.length * 99 / 100] / 1000.0);
      cpu.add(effort.cpuNanos() / 1000.0 / nanos.length);
      bytes.add((double) effort.bytes() / nanos.length);
    }
  }
}
