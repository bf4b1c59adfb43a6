package dev.cutline.benchmarks.failover;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cutline.benchmarks.failover.MockRung.Decision;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Takes the requests of one connection: calls of rungs, and those of whoever runs the server. */
final class MockHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final String RUNGS = "/rungs/";
  private static final String COMPLETIONS = "/v1/chat/completions";
  private static final String ADMIN_RUNGS = "/admin/rungs/";
  private static final String ADMIN_CONNECTIONS = "/admin/connections";

  private final ObjectMapper mapper = new ObjectMapper();
  private final MockRungs rungs;
  private final Connections connections;
  private final Performer performer;

  MockHandler(MockRungs rungs, Connections connections, Completions completions) {
    this.rungs = rungs;
    this.connections = connections;
    this.performer = new Performer(completions);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
      throws IOException {
    String path = request.uri();
    if (path.startsWith(RUNGS) && path.endsWith(COMPLETIONS)) {
      String name = path.substring(RUNGS.length(), path.length() - COMPLETIONS.length());
      call(context, rungs.named(name));
    } else if (path.startsWith(ADMIN_RUNGS)) {
      admin(context, request, rungs.named(path.substring(ADMIN_RUNGS.length())));
    } else if (path.equals(ADMIN_CONNECTIONS)) {
      json(
          context,
          HttpResponseStatus.OK,
          Map.of("open", connections.open(), "accepted", connections.accepted()));
    } else {
      json(context, HttpResponseStatus.NOT_FOUND, Map.of("unknown", path));
    }
  }

  private void call(ChannelHandlerContext context, MockRung rung) {
    Decision decision = rung.call();
    if (decision.after().isZero()) {
      performer.perform(decision.behaviour(), context);
    } else {
      Replying.after(
          decision.after(), context, () -> performer.perform(decision.behaviour(), context));
    }
  }

  private void admin(ChannelHandlerContext context, FullHttpRequest request, MockRung rung)
      throws IOException {
    if (request.method().equals(HttpMethod.PUT)) {
      rung.program(List.of(mapper.readValue(request.content().toString(UTF_8), Phase[].class)));
    }
    json(context, HttpResponseStatus.OK, Map.of("calls", rung.calls()));
  }

  private void json(ChannelHandlerContext context, HttpResponseStatus status, Map<String, ?> body)
      throws IOException {
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(mapper.writeValueAsBytes(body)));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
    Replying.send(context, response);
  }

  /** A client that breaks off, or that speaks no HTTP, is no affair of the server's. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Replying.hangUp(context);
  }
}
