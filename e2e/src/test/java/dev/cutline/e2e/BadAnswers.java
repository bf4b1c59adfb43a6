package dev.cutline.e2e;

import static dev.cutline.Reason.INTERNAL;
import static dev.cutline.Reason.MALFORMED_REPLY;
import static dev.cutline.Reason.MISCONFIGURED;
import static dev.cutline.Reason.UNAVAILABLE;
import static dev.cutline.e2e.BadAnswer.body;
import static dev.cutline.e2e.BadAnswer.bomb;
import static dev.cutline.e2e.BadAnswer.drips;
import static dev.cutline.e2e.BadAnswer.floods;
import static dev.cutline.e2e.BadAnswer.head;
import static dev.cutline.e2e.BadAnswer.hundredMegabytes;
import static dev.cutline.e2e.BadAnswer.raw;
import static dev.cutline.e2e.BadAnswer.stalls;
import static dev.cutline.e2e.BadAnswer.utf8;

import java.util.ArrayList;
import java.util.List;

/** What servers have been seen to do, and what one would do that means harm. */
final class BadAnswers {
  private static final String CHUNKED = head(200, "Transfer-Encoding: chunked");
  private static final int MEGABYTE = 1024 * 1024;

  private BadAnswers() {}

  static List<BadAnswer> all() {
    List<BadAnswer> all = new ArrayList<>();
    all.addAll(withoutEnd());
    all.addAll(late());
    all.addAll(badHeads());
    all.addAll(badLengths());
    all.addAll(badStatuses());
    all.addAll(badBodies());
    return all;
  }

  private static List<BadAnswer> withoutEnd() {
    return List.of(
        hundredMegabytes("100 MB", head(200, "Content-Length: 104857600"), MALFORMED_REPLY),
        hundredMegabytes("100 MB of no length", head(200, "Connection: close"), MALFORMED_REPLY),
        hundredMegabytes("100 MB in one string", head(200, "X: y") + "{\"a\":\"", MALFORMED_REPLY),
        hundredMegabytes("100 MB with 500", head(500, "Content-Length: 104857600"), INTERNAL),
        floods("chunks without end", CHUNKED, "10\r\n0123456789abcdef\r\n", MALFORMED_REPLY),
        floods("a size of a chunk without end", CHUNKED, "0", UNAVAILABLE),
        floods("an extension of a chunk without end", CHUNKED + "10;", "a", UNAVAILABLE),
        floods("trailers without end", CHUNKED + "0\r\n", "X: y\r\n", UNAVAILABLE),
        floods("headers without end", "HTTP/1.1 200 OK\r\n", "X: y\r\n", UNAVAILABLE),
        floods("a header without end", "HTTP/1.1 200 OK\r\nX: ", "a", UNAVAILABLE),
        floods("a status without end", "HTTP/1.1 200 ", "a", UNAVAILABLE),
        floods("hints without end", "", "HTTP/1.1 103 Early Hints\r\n\r\n", UNAVAILABLE, INTERNAL),
        floods("goes on without end", "", "HTTP/1.1 100 Continue\r\n\r\n", UNAVAILABLE, INTERNAL),
        bomb("a bomb", 1, "Content-Encoding: gzip", MALFORMED_REPLY),
        bomb("a bomb in a bomb", 2, "Content-Encoding: gzip", MALFORMED_REPLY),
        bomb("a bomb in a bomb, said so", 2, "Content-Encoding: gzip, gzip", MALFORMED_REPLY));
  }

  private static List<BadAnswer> late() {
    return List.of(
        stalls("nothing", ""),
        stalls("half a head", "HTTP/1.1 200 OK\r\nContent-Le"),
        stalls("a head", head(200, "Content-Length: 9")),
        stalls("half a body", head(200, "Content-Length: 9") + "{\"a\""),
        stalls("half a chunk", CHUNKED + "ff\r\n{\"a\""),
        stalls("a hint", head(103, "Link: </x>")),
        stalls("a body longer than its server thinks", head(200, "Content-Length: 100") + "{}"),
        drips("drips of a head", "HTTP/1.1 200 OK\r\nX: ", "a"),
        drips("drips of a body", head(200, "Content-Length: 1000000") + "{\"a\":\"", "a"),
        drips("drips of chunks", CHUNKED, "1\r\n \r\n"),
        drips("drips of hints", "", head(103, "Link: </x>")));
  }

  private static List<BadAnswer> badHeads() {
    StringBuilder many = new StringBuilder("Connection: close");
    for (int i = 0; i < 10_000; i++) {
      many.append("\r\nX-").append(i).append(": y");
    }
    return List.of(
        raw("10,000 headers", head(200, many.toString()) + "{}", MALFORMED_REPLY),
        raw("a header of 10 MB", head(200, "X: " + "y".repeat(10 * MEGABYTE)), UNAVAILABLE),
        raw("a header without a name", head(200, ": y") + "{}", MALFORMED_REPLY, UNAVAILABLE),
        raw("a header without a value", head(200, "Content-Type"), UNAVAILABLE, MALFORMED_REPLY),
        raw("a header with NULs", head(200, "X: \0\0") + "{}", MALFORMED_REPLY, UNAVAILABLE),
        raw("a folded header", head(200, "X: y\r\n z") + "{}", MALFORMED_REPLY, UNAVAILABLE),
        raw("SSH", "SSH-2.0-OpenSSH_9.6\r\n", UNAVAILABLE),
        raw("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", UNAVAILABLE),
        raw("frames of HTTP/2", "\0\0\0\4\0\0\0\0\0", UNAVAILABLE),
        raw("HTTP/9", "HTTP/9 200\r\n\r\n", UNAVAILABLE),
        raw("no status", "HTTP/1.1 abc\r\n\r\n", UNAVAILABLE),
        raw("HTML and nothing else", "<!DOCTYPE html><p>Hello", UNAVAILABLE),
        raw("nothing, and the end", "", UNAVAILABLE),
        raw("half a status, and the end", "HTTP/1.1 2", UNAVAILABLE),
        raw("half a head, and the end", "HTTP/1.1 200 OK\r\nContent-Ty", UNAVAILABLE));
  }

  private static List<BadAnswer> badLengths() {
    return List.of(
        raw("shorter than said", head(200, "Content-Length: 100") + "{}", UNAVAILABLE),
        raw("longer than said", head(200, "Content-Length: 5") + "{\"a\":1}", MALFORMED_REPLY),
        raw(
            "a negative length",
            head(200, "Content-Length: -5") + "{}",
            MALFORMED_REPLY,
            UNAVAILABLE),
        raw(
            "two lengths",
            head(200, "Content-Length: 1\r\nContent-Length: 2") + "{}",
            MALFORMED_REPLY,
            UNAVAILABLE),
        raw(
            "a length and chunks",
            head(200, "Content-Length: 100\r\nTransfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n\r\n",
            MALFORMED_REPLY,
            UNAVAILABLE),
        raw(
            "a length beyond all numbers",
            head(200, "Content-Length: " + "9".repeat(30)) + "{}",
            MALFORMED_REPLY,
            UNAVAILABLE),
        raw("half a chunk, and the end", CHUNKED + "ff\r\n{}", UNAVAILABLE),
        raw("no chunk", CHUNKED + "nothing\r\n{}", UNAVAILABLE),
        raw("a negative chunk", CHUNKED + "-7\r\n{}\r\n0\r\n\r\n", UNAVAILABLE),
        raw("a chunk beyond all numbers", CHUNKED + "f".repeat(40) + "\r\n{}", UNAVAILABLE),
        raw("packed, it says", head(200, "Content-Encoding: gzip") + "{}", UNAVAILABLE),
        raw(
            "packed in a way of its own",
            head(200, "Content-Encoding: x") + "\1\2",
            MALFORMED_REPLY));
  }

  private static List<BadAnswer> badStatuses() {
    List<BadAnswer> all = new ArrayList<>();
    for (String location :
        List.of(
            "http://169.254.169.254/latest/meta-data",
            "http://10.0.0.1/",
            "http://[::1]:22/",
            "file:///etc/passwd",
            "/v1/chat/completions",
            "//elsewhere",
            "::")) {
      for (int status : new int[] {301, 307}) {
        all.add(
            raw(status + " to " + location, head(status, "Location: " + location), MISCONFIGURED));
      }
    }
    all.add(raw("200 and nothing", head(200, "Content-Length: 0"), MALFORMED_REPLY));
    all.add(raw("204", head(204, "X: y"), MALFORMED_REPLY));
    all.add(
        raw(
            "204 with a body",
            head(204, "Content-Length: 2") + "{}",
            MALFORMED_REPLY,
            UNAVAILABLE));
    all.add(raw("206", head(206, "Content-Range: bytes 0-1/9") + "{}", MALFORMED_REPLY));
    all.add(raw("101", head(101, "Upgrade: x"), INTERNAL, UNAVAILABLE, MISCONFIGURED));
    all.add(raw("999", head(999, "X: y"), INTERNAL));
    all.add(raw("000", head(0, "X: y"), INTERNAL, UNAVAILABLE));
    return all;
  }

  private static List<BadAnswer> badBodies() {
    int deep = 100_000;
    return List.of(
        body("HTML", "<!DOCTYPE html><html><body>Hello</body></html>", MALFORMED_REPLY),
        body("100,000 brackets", "[".repeat(deep), MALFORMED_REPLY),
        body("100,000 brackets, closed", "[".repeat(deep) + "]".repeat(deep), MALFORMED_REPLY),
        body("100,000 objects", "{\"a\":".repeat(deep) + "1" + "}".repeat(deep), MALFORMED_REPLY),
        body("a million values", "[" + "0,".repeat(500_000) + "0]", MALFORMED_REPLY),
        body("a hundred thousand names", names(), MALFORMED_REPLY),
        body("a number without end", "{\"a\":" + "9".repeat(500_000) + "}", MALFORMED_REPLY),
        body("a huge number", "{\"a\":1e999999999}", MALFORMED_REPLY),
        body("a string of 10 MB", "{\"a\":\"" + "x".repeat(10 * MEGABYTE) + "\"}", MALFORMED_REPLY),
        body("a name of 1 MB", "{\"" + "x".repeat(MEGABYTE - 10) + "\":1}", MALFORMED_REPLY),
        body("a key twice", "{\"choices\":[],\"choices\":[]}", MALFORMED_REPLY),
        body("two values", "{}{}", MALFORMED_REPLY),
        body("NULs", "\0".repeat(1_000), MALFORMED_REPLY),
        body("UTF-16", "\u00ff\u00fe{\0}\0", MALFORMED_REPLY),
        body("bytes that are no UTF-8", "{\"a\":\"\u00c3(\u00ff\"}", MALFORMED_REPLY),
        body("a mark and nothing", utf8("\ufeff"), MALFORMED_REPLY),
        body("half of it", "{\"choices\":[{\"message\":{\"content\":\"", MALFORMED_REPLY),
        body("null", "null", MALFORMED_REPLY),
        body(
            "things of other kinds",
            "{\"model\":[],\"choices\":{\"a\":1},\"content\":7,\"message\":\"x\",\"usage\":[1]}",
            MALFORMED_REPLY));
  }

  private static String names() {
    StringBuilder names = new StringBuilder("{\"n\":0");
    for (int i = 0; i < 80_000; i++) {
      names.append(",\"").append(i).append("\":0");
    }
    return names.append('}').toString();
  }
}
