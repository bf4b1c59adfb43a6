package dev.cutline.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClaimsTest {
  private static final String CONTENT = "ab".repeat(32);
  private static final String OTHER = "cd".repeat(32);

  @TempDir private Path home;

  private final Interruption interruption = new Interruption();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void letsOneAtATimeWorkOnAContent() throws Exception {
    try (Claims claims = Claims.ofProcess(interruption)) {
      assertThat(mostAtOnce(claims, claims)).isEqualTo(1);
    }
  }

  @Test
  void letsOneAtATimeWorkOnAContentOfASharedHome() throws Exception {
    try (Claims one = Claims.ofHome(home, interruption);
        Claims other = Claims.ofHome(home, interruption)) {
      assertThat(mostAtOnce(one, other)).isEqualTo(1);
    }
  }

  /** Returns how many were at work at once, of a dozen that all wanted to. */
  private int mostAtOnce(Claims one, Claims other) throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Outcome>> all = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Claims claims = i % 2 == 0 ? one : other;
      all.add(
          threads.submit(
              () ->
                  claims.alone(
                      "local",
                      CONTENT,
                      () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(1_000_000);
                        now.decrementAndGet();
                        return Outcome.leftOut();
                      })));
    }
    for (Future<Outcome> each : all) {
      assertThat(each.get().isDone()).as("it was worked on").isFalse();
    }
    return most.get();
  }

  @Test
  void letsOthersWorkOnOtherContentsAndForOtherOwners() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (Claims claims = Claims.ofHome(home, interruption)) {
      Future<Outcome> holder = hold(claims, held, done);
      held.await();
      assertThat(claims.alone("local", OTHER, Outcome::leftOut).isDone()).isFalse();
      assertThat(claims.alone("other", CONTENT, Outcome::leftOut).isDone()).isFalse();
      done.countDown();
      holder.get();
    }
  }

  @Test
  void waitsNoLongerThanSomebodyWantsAllToStop() throws Exception {
    try (Claims one = Claims.ofHome(home, interruption);
        Claims other = Claims.ofHome(home, interruption)) {
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      Future<Outcome> holder = hold(one, held, done);
      held.await();
      Future<Outcome> inThisRun = threads.submit(() -> one.alone("local", CONTENT, this::never));
      Future<Outcome> inAnother = threads.submit(() -> other.alone("local", CONTENT, this::never));
      interruption.request();
      for (Outcome outcome : List.of(inThisRun.get(), inAnother.get())) {
        assertThat(outcome.isDone()).isTrue();
        assertThat(outcome.results()).isEmpty();
      }
      done.countDown();
      holder.get();
    }
  }

  @Test
  void waitsNoLongerThanItsThreadIsInterrupted() throws Exception {
    try (Claims one = Claims.ofHome(home, interruption);
        Claims other = Claims.ofHome(home, interruption)) {
      CountDownLatch held = new CountDownLatch(1);
      CountDownLatch done = new CountDownLatch(1);
      Future<Outcome> holder = hold(one, held, done);
      held.await();
      for (Claims claims : List.of(one, other)) {
        Thread.currentThread().interrupt();
        assertThat(claims.alone("local", CONTENT, this::never).results()).isEmpty();
        assertThat(Thread.interrupted()).as("it is passed on").isTrue();
      }
      done.countDown();
      holder.get();
      assertThat(other.alone("local", CONTENT, Outcome::leftOut).isDone()).isFalse();
    }
  }

  @Test
  void givesAContentBackWhenTheWorkFails() throws IOException {
    try (Claims claims = Claims.ofHome(home, interruption)) {
      try {
        claims.alone("local", CONTENT, this::never);
      } catch (IllegalStateException expected) {
        // it is the work that failed
      }
      assertThat(claims.alone("local", CONTENT, Outcome::leftOut).isDone()).isFalse();
    }
  }

  @Test
  void waitsForAnotherProcessUntilItIsKilled() throws Exception {
    AtomicBoolean killed = new AtomicBoolean();
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ClaimHolder.class.getName(),
                home.toString(),
                "local",
                CONTENT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (Claims claims = Claims.ofHome(home, interruption);
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("held");
      assertThat(claims.alone("local", OTHER, Outcome::leftOut).isDone()).isFalse();
      Future<Boolean> waiting =
          threads.submit(
              () -> {
                claims.alone(
                    "local",
                    CONTENT,
                    () -> {
                      assertThat(killed).as("the other one was killed before").isTrue();
                      return Outcome.leftOut();
                    });
                return true;
              });
      Thread.sleep(300); // a while in which it could have begun
      killed.set(true);
      holder.destroyForcibly();
      assertThat(waiting.get()).isTrue();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void leavesAHomeThatIsNotThereAlone() throws IOException {
    Path nowhere = home.resolve("nowhere");
    try (Claims claims = Claims.ofHome(nowhere, interruption)) {
      assertThat(claims.alone("local", CONTENT, Outcome::leftOut).isDone()).isFalse();
    }
    assertThat(Files.exists(nowhere)).isFalse();
  }

  private Future<Outcome> hold(Claims claims, CountDownLatch held, CountDownLatch done) {
    return threads.submit(
        () ->
            claims.alone(
                "local",
                CONTENT,
                () -> {
                  held.countDown();
                  try {
                    done.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return Outcome.leftOut();
                }));
  }

  private Outcome never() {
    throw new IllegalStateException("nobody may begin this");
  }
}
