package dev.cutline.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up on threads of the system. A lookup is a call into the system that cannot be
 * interrupted and holds a virtual thread to its carrier: with a name service that does not answer,
 * as many lookups as there are processors would stop every virtual thread of the process.
 */
final class PatientDns implements Dns {
  private final Dns names;
  private final ExecutorService threads;

  PatientDns(Dns names, ExecutorService threads) {
    this.names = names;
    this.threads = threads;
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    try {
      return threads.submit(() -> names.lookup(hostname)).get();
    } catch (ExecutionException e) {
      throw unknown(hostname, e.getCause());
    } catch (RejectedExecutionException e) { // closed meanwhile
      throw unknown(hostname, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unknown(hostname, e);
    }
  }

  private static UnknownHostException unknown(String hostname, @Nullable Throwable cause) {
    if (cause instanceof UnknownHostException known) {
      return known;
    }
    UnknownHostException failure = new UnknownHostException(hostname);
    failure.initCause(cause);
    return failure;
  }
}
