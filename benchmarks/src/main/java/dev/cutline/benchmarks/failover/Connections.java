package dev.cutline.benchmarks.failover;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the connections of a server. Thread-safe. */
@Sharable
final class Connections extends ChannelInboundHandlerAdapter {
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong accepted = new AtomicLong();

  int open() {
    return open.get();
  }

  long accepted() {
    return accepted.get();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    open.incrementAndGet();
    accepted.incrementAndGet();
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    open.decrementAndGet();
    context.fireChannelInactive();
  }
}
