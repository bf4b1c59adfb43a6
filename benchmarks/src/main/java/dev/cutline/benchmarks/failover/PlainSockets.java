package dev.cutline.benchmarks.failover;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The least that any client can do: the same bytes each time, written to a kept connection, and the
 * answer read to its end and thrown away. No JSON, no deadline, no check. It shows what the machine
 * and the server have to give.
 */
final class PlainSockets implements Contender {
  private static final String CONTENT_LENGTH = "content-length:";

  private final URI server;
  private final byte[] request;
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

  PlainSockets(Server server, Question question) {
    this.server = server.address();
    byte[] body =
        """
        {"model":"%s","messages":[{"role":"system","content":"%s"},{"role":"user","content":"%s"}],\
        "image":"%s"}"""
            .formatted(
                Contenders.MODEL,
                escaped(question.system()),
                escaped(question.user()),
                question.base64())
            .getBytes(UTF_8);
    byte[] head =
        ("POST "
                + this.server.getPath()
                + "/chat/completions HTTP/1.1\r\nHost: "
                + this.server.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(US_ASCII);
    this.request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String name() {
    return "plain sockets";
  }

  @Override
  public void caption() throws IOException {
    Connection kept = idle.poll();
    Connection connection = kept == null ? new Connection(server) : kept;
    connection.exchange(request);
    idle.add(connection);
  }

  @Override
  public void close() {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }

  private static final class Connection {
    private final Socket socket;
    private final InputStream in;

    Connection(URI server) throws IOException {
      socket = new Socket(server.getHost(), server.getPort());
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), 1024);
    }

    void exchange(byte[] request) throws IOException {
      socket.getOutputStream().write(request);
      String status = line();
      if (!status.startsWith("HTTP/1.1 200")) {
        throw new IOException("answered " + status);
      }
      int length = 0;
      for (String header = line(); !header.isEmpty(); header = line()) {
        if (header.regionMatches(true, 0, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
          length = Integer.parseInt(header.substring(CONTENT_LENGTH.length()).strip());
        }
      }
      in.skipNBytes(length);
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new EOFException("closed in the middle of " + line);
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        System.err.println("not closed: " + e.getMessage()); // it is not what is measured
      }
    }
  }
}
