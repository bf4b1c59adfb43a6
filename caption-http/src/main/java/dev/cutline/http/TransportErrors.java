package dev.cutline.http;

import dev.cutline.CaptionException;
import dev.cutline.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says why there was no answer at all. */
final class TransportErrors {
  private TransportErrors() {}

  /** Returns the exception of a call that ended without an answer. */
  static CaptionException toException(HttpPost post, IOException e, boolean cancelled) {
    if (cancelled) {
      return new CaptionException(Reason.TIMEOUT, post + ": cancelled", e);
    }
    return new CaptionException(reason(e), post + ": " + problem(e), e);
  }

  private static Reason reason(IOException e) {
    // A SocketTimeoutException is one of these, and so is the end of the time to connect.
    return e instanceof InterruptedIOException ? Reason.TIMEOUT : Reason.UNAVAILABLE;
  }

  private static String problem(IOException e) {
    if (e instanceof UnknownHostException) {
      return "nobody knows this host";
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return "nobody answers at this address";
    }
    if (e instanceof SSLException) {
      return "no secure connection: " + e.getMessage();
    }
    if (e instanceof InterruptedIOException) {
      return "no connection in time";
    }
    return "the connection broke: " + e.getMessage();
  }
}
