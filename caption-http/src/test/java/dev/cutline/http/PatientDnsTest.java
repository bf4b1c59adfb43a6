package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutline.spi.CallThreads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Dns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatientDnsTest {
  private final ExecutorService threads = CallThreads.platform("names-");

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @Test
  void looksNamesUpOnAThreadOfTheSystem() throws UnknownHostException {
    AtomicReference<String> thread = new AtomicReference<>();
    List<InetAddress> addresses = List.of(InetAddress.getLoopbackAddress());

    Dns names =
        dns(
            host -> {
              thread.set(Thread.currentThread().getName());
              return addresses;
            });

    assertThat(names.lookup("host")).isEqualTo(addresses);
    assertThat(thread.get()).startsWith("names-");
  }

  @Test
  void saysThatAHostIsUnknownInTheSameWords() {
    UnknownHostException unknown = new UnknownHostException("no such host");

    assertThatThrownBy(
            () ->
                dns(host -> {
                      throw unknown;
                    })
                    .lookup("host"))
        .isSameAs(unknown);
  }

  @Test
  void takesAnyOtherFailureForAnUnknownHost() {
    IllegalStateException broken = new IllegalStateException("broken");

    assertThatThrownBy(
            () ->
                dns(host -> {
                      throw broken;
                    })
                    .lookup("host"))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("host")
        .hasCause(broken);
  }

  @Test
  void givesUpWhenClosedOrInterrupted() {
    CountDownLatch never = new CountDownLatch(1);
    Dns hanging =
        dns(
            host -> {
              awaitUninterested(never);
              return List.of();
            });

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> hanging.lookup("host"))
        .isInstanceOf(UnknownHostException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();

    threads.shutdownNow();
    assertThatThrownBy(() -> hanging.lookup("host"))
        .isInstanceOf(UnknownHostException.class)
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  private Dns dns(Dns names) {
    return new PatientDns(names, threads);
  }

  private static void awaitUninterested(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
