package dev.cutline.storage.s3;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * With what a program uploads one object of known bytes straight to S3: a {@code PUT} of them with
 * these headers. Their number is signed too, so the body has to be sent with its {@code
 * Content-Length}, which every client does by itself that is given the bytes at once. S3 answers
 * 200, or refuses: 403 for another length or header or after the time is over, 400 for other bytes
 * of the same length. Immutable.
 *
 * @param address whoever has it can upload these bytes until it expires
 * @param headers to be sent as they are
 * @param expires when S3 takes it no longer: after the time that was asked for, or with the
 *     credentials that signed it, where their end is known
 */
public record UploadRequest(URI address, Map<String, String> headers, Instant expires) {
  public UploadRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Returns address and time; no signature. */
  @Override
  public String toString() {
    String bare = address.toString().split("\\?", 2)[0];
    return "PUT " + bare + " until " + expires;
  }
}
