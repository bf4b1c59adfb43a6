package dev.cutline.benchmarks.failover;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Does with a connection what a {@link Behaviour} says. Runs on the connection's own thread. */
final class Performer {
  /** How long a whole answer takes at most that comes a few bytes at a time. */
  private static final Duration DRIP_TIME = Duration.ofSeconds(20);

  private static final Duration DRIP_INTERVAL = Duration.ofMillis(100);
  private static final byte[] GARBAGE =
      "<html><body>It works! \u0000\u0001\u0002{[</body></html>".getBytes(UTF_8);

  private final Completions completions;

  Performer(Completions completions) {
    this.completions = completions;
  }

  void perform(Behaviour behaviour, ChannelHandlerContext client) {
    switch (behaviour.kind()) {
      case ANSWER -> send(client, 200, completions.good(), null);
      case STATUS ->
          send(
              client,
              behaviour.status(),
              completions.error(behaviour.status()),
              behaviour.retryAfterSeconds());
      case HANG -> {
        // nothing, until the client goes
      }
      case DRIP -> drip(client, completions.good());
      case RESET -> reset(client);
      case GARBAGE -> send(client, 200, GARBAGE, null);
      case HALF_BODY -> {
        byte[] whole = completions.good();
        send(client, 200, Arrays.copyOf(whole, whole.length / 2), null);
      }
      case HALF_CAPTION -> send(client, 200, completions.cutCaption(), null);
    }
  }

  private static void send(
      ChannelHandlerContext client, int status, byte[] body, @Nullable Integer retryAfter) {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(body));
    describe(response, body.length);
    if (retryAfter != null) {
      response.headers().setInt(HttpHeaderNames.RETRY_AFTER, retryAfter);
    }
    Replying.send(client, response);
  }

  private static void drip(ChannelHandlerContext client, byte[] body) {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    describe(head, body.length);
    Replying.send(client, head);
    drop(client, body, 0);
  }

  private static void drop(ChannelHandlerContext client, byte[] body, int from) {
    int drops = Math.toIntExact(DRIP_TIME.dividedBy(DRIP_INTERVAL));
    int to = Math.min(body.length, from + (body.length + drops - 1) / drops);
    byte[] bytes = Arrays.copyOfRange(body, from, to);
    if (to == body.length) {
      Replying.send(client, new DefaultLastHttpContent(Unpooled.wrappedBuffer(bytes)));
    } else if (client.channel().isActive()) {
      Replying.send(client, new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
      Replying.after(DRIP_INTERVAL, client, () -> drop(client, body, to));
    }
  }

  /** Closing without lingering sends RST instead of FIN. */
  private static void reset(ChannelHandlerContext client) {
    client.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    Replying.hangUp(client);
  }

  private static void describe(HttpResponse response, int length) {
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    headers.setInt(HttpHeaderNames.CONTENT_LENGTH, length);
  }
}
