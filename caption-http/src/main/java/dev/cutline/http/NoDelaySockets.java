package dev.cutline.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Makes sockets that send what is left of a request at once. Otherwise the end of a picture, less
 * than a segment, waits until the server has confirmed what came before (Nagle), and the server
 * waits with that for up to 40 ms in the hope of more (delayed acknowledgement). OkHttp leaves that
 * as the system has it. They are {@linkplain BoundedSocket bounded}, too.
 */
final class NoDelaySockets extends SocketFactory {
  @Override
  public Socket createSocket() throws IOException {
    return prompt(new BoundedSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(new BoundedSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return prompt(new BoundedSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(new BoundedSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return prompt(new BoundedSocket(host, port, localAddress, localPort));
  }

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }
}
