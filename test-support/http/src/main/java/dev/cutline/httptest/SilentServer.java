package dev.cutline.httptest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes one connection and what comes over it, never answers, and tells when the connection is cut.
 */
public final class SilentServer implements AutoCloseable {
  /** Only so that a test that fails ends. */
  private static final int PATIENCE_SECONDS = 60;

  /** Less than the 30 s after which clients give up by themselves, uncut. */
  private static final int CUT_SECONDS = 10;

  private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CompletableFuture<Void> requested = new CompletableFuture<>();
  private final CompletableFuture<Void> cut = new CompletableFuture<>();

  public SilentServer() throws IOException {
    Thread thread = new Thread(this::serve, "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns where it listens, without a slash at the end. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Waits until a request has begun to arrive. */
  public void awaitRequest() throws InterruptedException, ExecutionException, TimeoutException {
    requested.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until the other side has let go of the connection; ten seconds at most. */
  public void awaitCut() throws InterruptedException, ExecutionException, TimeoutException {
    cut.get(CUT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    try (Socket connection = socket.accept();
        InputStream in = connection.getInputStream()) {
      if (in.read() >= 0) {
        requested.complete(null);
      }
      in.transferTo(OutputStream.nullOutputStream());
      cut.complete(null);
    } catch (IOException e) {
      // A reset cuts as well as an end does; closing this server does so too, and then nobody
      // waits.
      cut.complete(null);
    }
  }
}
