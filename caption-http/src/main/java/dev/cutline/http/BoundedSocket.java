package dev.cutline.http;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A socket that takes no more than {@value #MOST_BYTES} bytes between two writes, and no more than
 * the {@link ReadAllowance} of the thread that reads. OkHttp bounds the head of an answer and we
 * what we read of its body, but nobody what stands between: hints before the head, the sizes of
 * chunks, trailers. A server that never ends them would fill the memory.
 *
 * <p>The most that we read of an answer, 1 MiB, takes 6 MiB in chunks of one byte; an HTTP/2
 * connection writes a window update every 8 MiB that come in.
 */
final class BoundedSocket extends Socket {
  static final long MOST_BYTES = 12 * 1024 * 1024;

  private final AtomicLong received = new AtomicLong();

  BoundedSocket() {}

  BoundedSocket(String host, int port) throws IOException {
    super(host, port);
  }

  BoundedSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
    super(host, port, localHost, localPort);
  }

  BoundedSocket(InetAddress host, int port) throws IOException {
    super(host, port);
  }

  BoundedSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    super(host, port, localAddress, localPort);
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int read = in.read();
        count(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        count(read);
        return read;
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int b) throws IOException {
        received.set(0);
        out.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        received.set(0);
        out.write(bytes, offset, length);
      }
    };
  }

  private void count(int read) throws IOException {
    if (read <= 0) {
      return;
    }
    ReadAllowance.take(read);
    if (received.addAndGet(read) > MOST_BYTES) {
      throw new IOException("more than " + MOST_BYTES + " bytes came in at once");
    }
  }
}
