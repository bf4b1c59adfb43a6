package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class BoundedSocketTest {
  private static final int MOST = (int) BoundedSocket.MOST_BYTES;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void takesSoMuchBetweenTwoWritesAndNoMore() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Socket socket = new BoundedSocket(LOOPBACK, server.getLocalPort());
        Socket other = server.accept()) {
      Thread sender = new Thread(() -> send(other, 2 * MOST + 2), "sender");
      sender.start();
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();

      assertThat(in.readNBytes(MOST - 1)).hasSize(MOST - 1);
      assertThat(in.read()).isZero();
      out.write(new byte[3]);
      assertThat(in.readNBytes(MOST)).hasSize(MOST);
      assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("came in");
      out.write(1);
      assertThat(in.read()).as("one byte written is a write").isZero();
      sender.join();
      other.shutdownOutput();
      assertThat(in.read()).as("the end").isEqualTo(-1);
    }
  }

  @Test
  void takesNoMoreThanTheReadingThreadMayWithoutAPartOfABody() throws Exception {
    int most = ReadAllowance.MOST_BYTES;
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Socket socket = new BoundedSocket(LOOPBACK, server.getLocalPort());
        Socket other = server.accept()) {
      Thread sender = new Thread(() -> send(other, 5 * most), "sender");
      sender.start();
      InputStream in = socket.getInputStream();
      try (ReadAllowance allowance = ReadAllowance.open()) {
        assertThat(in.readNBytes(most)).hasSize(most);
        allowance.renew();
        assertThat(in.readNBytes(most)).hasSize(most);
        assertThatThrownBy(in::read)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("none of the body");
      }
      assertThat(in.readNBytes(2 * most)).as("nobody wants a body").hasSize(2 * most);
      sender.join();
    }
  }

  @Test
  void passesOnWhatIsWritten() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK);
        Socket socket = new BoundedSocket(LOOPBACK, server.getLocalPort());
        Socket other = server.accept()) {
      socket.getOutputStream().write(new byte[] {1, 2, 3, 4}, 1, 2);
      socket.getOutputStream().write(9);

      assertThat(other.getInputStream().readNBytes(3)).containsExactly(2, 3, 9);
    }
  }

  private static void send(Socket socket, int bytes) {
    try {
      socket.getOutputStream().write(new byte[bytes]);
    } catch (IOException e) {
      // The test that reads says what is missing.
    }
  }
}
