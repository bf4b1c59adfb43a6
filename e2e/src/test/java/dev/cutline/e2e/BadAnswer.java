package dev.cutline.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cutline.Reason;
import dev.cutline.httptest.RawServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * What a server does instead of answering.
 *
 * @param reasons that its rung may fail for
 * @param endless whether only the time that the rung has ends it
 */
record BadAnswer(String name, Set<Reason> reasons, boolean endless, RawServer.Exchange exchange) {
  private static final int FLOOD = 100 * 1024 * 1024;
  private static final byte[] BLOCK = "a".repeat(64 * 1024).getBytes(ISO_8859_1);

  /** Bytes as they are, to whoever asks. */
  static BadAnswer raw(String name, String answer, Reason... reasons) {
    byte[] bytes = answer.getBytes(ISO_8859_1);
    return scripted(name, out -> out.write(bytes), reasons);
  }

  static BadAnswer scripted(String name, RawServer.Script script, Reason... reasons) {
    return new BadAnswer(name, Set.of(reasons), false, (in, out) -> script.answer(out));
  }

  /** A body that a server calls good, with its right length. */
  static BadAnswer body(String name, String body, Reason... reasons) {
    return raw(name, head(200, "Content-Length: " + body.length()) + body, reasons);
  }

  /** A beginning, and then a little of the rest again and again for as long as anybody listens. */
  static BadAnswer drips(String name, String beginning, String drop) {
    return new BadAnswer(
        name,
        Set.of(Reason.TIMEOUT),
        true,
        (in, out) -> {
          write(out, beginning);
          while (true) {
            write(out, drop);
            rest();
          }
        });
  }

  /** A beginning, and then nothing for as long as anybody listens. */
  static BadAnswer stalls(String name, String beginning) {
    return new BadAnswer(
        name,
        Set.of(Reason.TIMEOUT),
        true,
        (in, out) -> {
          write(out, beginning);
          in.transferTo(OutputStream.nullOutputStream());
        });
  }

  /** A beginning, and then as much as anybody takes, without end. */
  static BadAnswer floods(String name, String beginning, String more, Reason... reasons) {
    byte[] block = more.repeat(Math.max(1, BLOCK.length / more.length())).getBytes(ISO_8859_1);
    return scripted(
        name,
        out -> {
          write(out, beginning);
          while (true) {
            out.write(block);
          }
        },
        reasons);
  }

  /** 100 MB behind a beginning. */
  static BadAnswer hundredMegabytes(String name, String beginning, Reason... reasons) {
    return scripted(
        name,
        out -> {
          write(out, beginning);
          flood(out);
        },
        reasons);
  }

  /** A small body that unpacks to 100 MB, packed so many times. */
  static BadAnswer bomb(String name, int times, String encoding, Reason... reasons) {
    byte[] packed = packed(times);
    return scripted(
        name,
        out -> {
          write(out, head(200, encoding + "\r\nContent-Length: " + packed.length));
          out.write(packed);
        },
        reasons);
  }

  static String head(int status, String headers) {
    return "HTTP/1.1 " + status + " Whatever\r\n" + headers + "\r\n\r\n";
  }

  /** Returns text of the whole of Unicode as the characters that {@link #raw} sends as bytes. */
  static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static byte[] packed(int times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      OutputStream out = bytes;
      for (int i = 0; i < times; i++) {
        out = new GZIPOutputStream(out);
      }
      flood(out);
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void flood(OutputStream out) throws IOException {
    for (int sent = 0; sent < FLOOD; sent += BLOCK.length) {
      out.write(BLOCK);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private static void rest() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
