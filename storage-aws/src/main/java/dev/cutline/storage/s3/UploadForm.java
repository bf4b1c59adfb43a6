package dev.cutline.storage.s3;

import java.net.URI;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * With what a browser uploads one object straight to S3: {@code multipart/form-data}, posted to an
 * address, first the fields as they are and last the picture as {@code file}. S3 answers 204, or
 * refuses: 403 for a changed field or after the time is over, 400 for what is too large or empty.
 * Immutable.
 *
 * @param address of the bucket
 * @param fields in this order; whoever has them can upload until they expire, so they are for the
 *     one who is to upload and for no log
 * @param expires when S3 takes it no longer: after the time that was asked for, or with the
 *     credentials that signed it, where their end is known
 */
public record UploadForm(URI address, Map<String, String> fields, Instant expires) {
  public UploadForm {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Returns address, key and time; neither policy nor signature. */
  @Override
  public String toString() {
    return "form for " + fields.get("key") + " at " + address + " until " + expires;
  }
}
