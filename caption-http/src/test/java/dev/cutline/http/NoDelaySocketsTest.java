package dev.cutline.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

class NoDelaySocketsTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void sendsAtOnceHoweverASocketIsMade() throws IOException {
    SocketFactory sockets = new NoDelaySockets();
    try (ServerSocket server = new ServerSocket(0, 4, LOOPBACK)) {
      String host = LOOPBACK.getHostAddress();
      int port = server.getLocalPort();
      List<Socket> all =
          List.of(
              sockets.createSocket(),
              sockets.createSocket(host, port),
              sockets.createSocket(host, port, LOOPBACK, 0),
              sockets.createSocket(LOOPBACK, port),
              sockets.createSocket(LOOPBACK, port, LOOPBACK, 0));

      for (Socket socket : all) {
        try (socket) {
          assertThat(socket.getTcpNoDelay()).isTrue();
          assertThat(socket).isInstanceOf(BoundedSocket.class);
        }
      }
    }
  }

  @Test
  void isWhatAnOwnSenderUses() throws IOException {
    try (Socket socket = JsonHttp.ownClient().socketFactory().createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }
}
