package dev.cutline.benchmarks.failover;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Sends to a client, now or later; a client that cannot be reached is hung up on. */
final class Replying {
  private Replying() {}

  static void send(ChannelHandlerContext client, Object message) {
    client.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** Does something later on the connection's thread. */
  static void after(Duration time, ChannelHandlerContext client, Runnable work) {
    client
        .executor()
        .schedule(work, time.toNanos(), TimeUnit.NANOSECONDS)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                hangUp(client);
              }
            });
  }

  static void hangUp(ChannelHandlerContext client) {
    client.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
  }
}
