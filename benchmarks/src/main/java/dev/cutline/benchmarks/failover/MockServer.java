package dev.cutline.benchmarks.failover;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * A server on loopback that speaks OpenAI's chat completions, well or badly, as it is told. It has
 * any number of rungs, {@code /rungs/NAME/v1/chat/completions}, each with a programme of its own,
 * and counts the calls of each. Three threads, whatever the number of connections.
 *
 * <p>{@code PUT /admin/rungs/NAME} with a JSON array of {@link Phase} programmes a rung, {@code GET
 * /admin/rungs/NAME} returns its calls and {@code GET /admin/connections} how many are open.
 */
final class MockServer implements AutoCloseable {
  private static final int WORKERS = 2;
  private static final int BACKLOG = 16_384;
  private static final int MOST_BYTES = 32 * 1024 * 1024;

  private final EventLoopGroup acceptor =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoopGroup workers =
      new MultiThreadIoEventLoopGroup(WORKERS, NioIoHandler.newFactory());
  private final Channel channel;

  private MockServer() {
    MockRungs rungs = new MockRungs();
    Connections connections = new Connections();
    Completions completions = new Completions();
    this.channel =
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    client
                        .pipeline()
                        .addLast(connections)
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(MOST_BYTES))
                        .addLast(new MockHandler(rungs, connections, completions));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Starts on a free port. */
  static MockServer start() {
    return new MockServer();
  }

  /** Runs until standard input ends, so that it never outlives who started it. */
  public static void main(String[] args) throws IOException {
    try (MockServer server = start()) {
      System.out.println(server.address());
      while (System.in.read() >= 0) {
        // nobody has anything to say
      }
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort());
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
