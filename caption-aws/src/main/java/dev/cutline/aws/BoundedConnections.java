package dev.cutline.aws;

import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.config.Registry;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.routing.HttpRoute;
import org.apache.http.conn.routing.HttpRoutePlanner;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.conn.DefaultRoutePlanner;
import org.apache.http.impl.conn.DefaultSchemePortResolver;
import org.apache.http.protocol.HttpContext;

/**
 * Has Apache's client connect over {@linkplain BoundedSocket bounded} sockets. It reads heads of
 * answers and sizes of chunks to their end, however long they are, and the SDK lets nobody bound
 * them. Sockets of a factory of one's own are taken for TLS only; but Apache's client looks for
 * factories in the context of each request before it takes its own, and who plans its route sees
 * that. Thread-safe.
 */
final class BoundedConnections implements HttpRoutePlanner {
  private static final String FACTORIES = "http.socket-factory-registry";

  private final HttpRoutePlanner direct =
      new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE);
  private final Registry<ConnectionSocketFactory> factories;

  /** Takes keys, and trust in others, for secure connections. */
  BoundedConnections(SSLContext tls) {
    this.factories =
        RegistryBuilder.<ConnectionSocketFactory>create()
            .register("http", new Plain())
            .register("https", new Tls(tls))
            .build();
  }

  @Override
  public HttpRoute determineRoute(HttpHost target, HttpRequest request, HttpContext context)
      throws HttpException {
    context.setAttribute(FACTORIES, factories);
    return direct.determineRoute(target, request, context);
  }

  private static final class Plain extends PlainConnectionSocketFactory {
    @Override
    public Socket createSocket(HttpContext context) {
      return new BoundedSocket();
    }
  }

  private static final class Tls extends SSLConnectionSocketFactory {
    Tls(SSLContext context) {
      super(context);
    }

    @Override
    public Socket createSocket(HttpContext context) {
      return new BoundedSocket();
    }
  }
}
