package dev.cutline.e2e;

import dev.cutline.testsupport.corpus.Corpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Files that have to be refused, made from pictures that are fine. */
final class BadPictures {
  private BadPictures() {}

  /** Writes them all into a folder; returns how many. */
  static int writeTo(Path folder) throws IOException {
    Map<String, byte[]> files = all();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    return files.size();
  }

  private static Map<String, byte[]> all() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("empty.jpg", new byte[0]);
    files.put("zeros.jpg", new byte[10_000]);
    files.put("page.jpg", ascii("<!DOCTYPE html><html><body>no picture</body></html>"));
    files.put(
        "drawing.jpg", ascii("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"));
    files.put("huge.png", png(50_000, 50_000));
    files.put("canvas.gif", gifOnCanvas(60_000));
    files.put("scans.jpg", manyScans(3_000));
    files.put("claims.jpg", claiming(65_500));
    files.put("checksum.png", wrongChecksum());
    files.put("..name..with..dots...jpg", new byte[100]);
    files.put("\u202Egpj.thgir-ot-tfel\u200F.jpg", new byte[100]);
    files.put("two\nlines.jpg", new byte[100]);
    files.put("x".repeat(251) + ".jpg", new byte[100]);
    for (String picture :
        new String[] {"photos/cat.jpg", "photos/coral.webp", "png/rgb8.png", "gif/animated.gif"}) {
      byte[] whole = Corpus.bytes(picture);
      for (int tenth = 1; tenth < 10; tenth++) {
        String name = "tenth-" + tenth + "-" + Path.of(picture).getFileName();
        files.put(name, Arrays.copyOf(whole, whole.length * tenth / 10));
      }
    }
    return files;
  }

  /** A PNG of a header that asks for gigabytes, and little else. */
  private static byte[] png(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[1_000_000]);
    deflater.finish();
    byte[] data = new byte[10_000];
    byte[] compressed = Arrays.copyOf(data, deflater.deflate(data));
    deflater.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    chunk(out, "IHDR", header.array());
    chunk(out, "IDAT", compressed);
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(ascii(type));
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(ascii(type));
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] gifOnCanvas(int side) {
    byte[] gif = Corpus.bytes("gif/interlaced.gif");
    gif[6] = gif[8] = (byte) side;
    gif[7] = gif[9] = (byte) (side >> 8);
    return gif;
  }

  /** A progressive JPEG whose last scan comes again and again. */
  private static byte[] manyScans(int count) {
    byte[] jpeg = Corpus.bytes("jpeg/progressive.jpg");
    int end = jpeg.length - 2;
    int start = end;
    while (jpeg[start] != (byte) 0xFF || jpeg[start + 1] != (byte) 0xDA) {
      start--;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, end);
    for (int i = 0; i < count; i++) {
      // No more than the header of the scan and some of its data: 3,000 of them have to stay below
      // 10 MiB.
      out.write(jpeg, start, Math.min(end - start, 200));
    }
    out.write(jpeg, end, 2);
    return out.toByteArray();
  }

  private static byte[] claiming(int side) {
    byte[] jpeg = Corpus.bytes("photos/cat.jpg");
    int frame = 0;
    while (jpeg[frame] != (byte) 0xFF
        || (jpeg[frame + 1] != (byte) 0xC0 && jpeg[frame + 1] != (byte) 0xC2)) {
      frame++;
    }
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) side).putShort(frame + 7, (short) side);
    return jpeg;
  }

  private static byte[] wrongChecksum() {
    byte[] png = Corpus.bytes("png/rgb8.png");
    png[png.length / 2] ^= 1;
    return png;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
