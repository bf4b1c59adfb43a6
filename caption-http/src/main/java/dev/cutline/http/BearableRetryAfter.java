package dev.cutline.http;

import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps a {@code Retry-After} of more digits than an int has from OkHttp, which reads it as one and
 * fails, so that nothing would be left of the answer. It says a long time, and still does.
 */
final class BearableRetryAfter implements Interceptor {
  private static final String NAME = "Retry-After";
  private static final Pattern MANY_DIGITS = Pattern.compile("\\d{10,}");

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.headers(NAME).stream().anyMatch(value -> MANY_DIGITS.matcher(value).matches())
        ? response.newBuilder().header(NAME, "999999999").build()
        : response;
  }
}
