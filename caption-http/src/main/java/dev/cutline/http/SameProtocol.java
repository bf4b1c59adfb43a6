package dev.cutline.http;

import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Ends a call whose server changes the protocol, which nobody asked it to. OkHttp would keep the
 * connection for whoever speaks the other one, and send further requests over it.
 */
final class SameProtocol implements Interceptor {
  private static final int SWITCHING_PROTOCOLS = 101;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.code() == SWITCHING_PROTOCOLS) {
      Connection connection = chain.connection();
      if (connection != null) {
        connection.socket().close();
      }
      throw new IOException("the server changed the protocol, which nobody asked for");
    }
    return response;
  }
}
