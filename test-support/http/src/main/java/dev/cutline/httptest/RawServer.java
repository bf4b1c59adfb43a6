package dev.cutline.httptest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers every request with bytes of the test's choice, right or wrong, and then closes the
 * connection. Counts the requests and what the other side took of the answers.
 */
public final class RawServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong written = new AtomicLong();
  private final Exchange exchange;

  /** Writes an answer; what it throws ends the connection. */
  public interface Script {
    void answer(OutputStream out) throws IOException;
  }

  /** Writes an answer, and sees when the other side lets go: then {@code in} ends or fails. */
  public interface Exchange {
    void answer(InputStream in, OutputStream out) throws IOException;
  }

  public RawServer(Script script) throws IOException {
    this((in, out) -> script.answer(out));
  }

  public RawServer(Exchange exchange) throws IOException {
    this.exchange = exchange;
    Thread thread = new Thread(this::serve, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a server that sends these characters, each as one byte. */
  public static RawServer of(String answer) throws IOException {
    return new RawServer(out -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Returns where it listens, without a slash at the end. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Returns how many requests have come in. */
  public int requests() {
    return requests.get();
  }

  /** Returns how many connections are open at this moment. */
  public int connections() {
    return connections.get();
  }

  /** Returns how many bytes have been written, those that are still under way included. */
  public long written() {
    return written.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread thread = new Thread(() -> answer(connection), "raw-server-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        // The test closes this server while it waits.
        return;
      }
    }
  }

  private void answer(Socket connection) {
    connections.incrementAndGet();
    try (connection) {
      if (skipRequest(connection)) {
        requests.incrementAndGet();
        OutputStream out = connection.getOutputStream();
        exchange.answer(
            connection.getInputStream(),
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                out.write(b);
                written.incrementAndGet();
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                written.addAndGet(length);
              }
            });
      }
    } catch (IOException e) {
      // The other side has had enough, which is what most tests are about.
    } finally {
      connections.decrementAndGet();
    }
  }

  private static boolean skipRequest(Socket connection) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
    int length = 0;
    String line = in.readLine();
    boolean any = line != null;
    for (; line != null && !line.isEmpty(); line = in.readLine()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
    }
    return any && in.skip(length) == length;
  }
}
