package dev.cutline.core.chain;

import dev.cutline.CaptionRequest;
import dev.cutline.CaptionStyle;
import dev.cutline.Label;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The key under which an answer is kept: a hash over everything that decides it. Each field goes in
 * with its length and each list with its count, so that no two questions can look alike by moving
 * text from one field to the next.
 */
final class CacheKey {
  /** Changes when the fields or their order do, so that old answers are not taken for new ones. */
  private static final String VERSION = "cutline caption 1";

  private final MessageDigest digest;

  private CacheKey() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns the key as 64 lower-case hex digits.
   *
   * @param request whose language, context and labels the rung gets
   * @param styles that the rung is asked for
   * @param sentSha256 of the bytes that the rung gets
   * @param fingerprint of the captioner
   */
  static String of(
      CaptionRequest request, Set<CaptionStyle> styles, String sentSha256, String fingerprint) {
    CacheKey key = new CacheKey();
    key.text(VERSION).text(sentSha256).count(styles.size());
    for (CaptionStyle style : styles) {
      key.text(style.id());
    }
    key.text(request.language());
    key.count(request.context().isPresent() ? 1 : 0);
    request.context().ifPresent(key::text);
    key.count(request.labels().size());
    request.labels().forEach(key::label);
    key.text(fingerprint);
    return HexFormat.of().formatHex(key.digest.digest());
  }

  private void label(Label label) {
    text(label.name()).number(label.confidence()).count(label.parents().size());
    label.parents().forEach(this::text);
    count(label.boxes().size());
    for (Label.Box box : label.boxes()) {
      number(box.left()).number(box.top()).number(box.width()).number(box.height());
    }
  }

  private CacheKey text(String text) {
    count(text.length());
    // Not by a charset: those turn every unpaired surrogate into the same replacement.
    ByteBuffer chars = ByteBuffer.allocate(text.length() * Character.BYTES);
    chars.asCharBuffer().put(text);
    digest.update(chars);
    return this;
  }

  private CacheKey count(int count) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
    return this;
  }

  private CacheKey number(double number) {
    digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
    return this;
  }
}
