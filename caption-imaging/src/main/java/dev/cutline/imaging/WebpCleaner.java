package dev.cutline.imaging;

/** Copies of a WebP the chunks that it takes to show it. */
final class WebpCleaner {
  private final byte[] file;
  private final WebpStructure webp;
  private final ByteSink clean;
  private boolean animationSeen;

  private WebpCleaner(byte[] file) {
    this.file = file;
    this.webp = WebpStructure.read(file, ImageLimits.NONE);
    this.clean = new ByteSink(file.length + 64);
  }

  /** Returns the picture without metadata. */
  static byte[] clean(byte[] file, Orientation orientation) {
    WebpCleaner cleaner = new WebpCleaner(file);
    cleaner.clean.put("RIFF").putU32le(0).put("WEBP");
    if (cleaner.webp.isExtended()) {
      cleaner.putExtended(orientation);
    } else {
      cleaner.putPicture(WebpStructure.chunks(file));
    }
    cleaner.clean.patchU32le(4, cleaner.clean.size() - 8);
    return cleaner.clean.toByteArray();
  }

  /**
   * Writes a picture that stands alone, or that of one frame: its pixels, and its transparency
   * before them.
   */
  private void putPicture(Range range) {
    RiffChunks chunks = new RiffChunks(file, range);
    Range alpha = null;
    while (chunks.next()) {
      if (chunks.name().equals("ALPH")) {
        alpha = chunks.data(); // of several, the last is heeded
      } else if (chunks.name().equals("VP8L")) {
        putChunk(chunks); // has its own transparency
        return;
      } else if (chunks.name().equals("VP8 ")) {
        if (alpha != null) {
          putChunk("ALPH", file, alpha);
        }
        putChunk(chunks);
        return;
      }
    }
  }

  private void putExtended(Orientation orientation) {
    boolean turned = orientation != Orientation.NORMAL;
    putHeader(turned);
    RiffChunks chunks = new RiffChunks(file, WebpStructure.chunks(file));
    Range profile = webp.profile();
    while (chunks.next()) {
      switch (chunks.name()) {
        case "VP8 ", "VP8L" -> putChunk(chunks);
        case "ALPH" -> {
          if (chunks.data().equals(webp.firstFrame().alphaData())) {
            putChunk(chunks);
          }
        }
        case "ANIM" -> putAnimation(chunks);
        case "ANMF" -> putFrame(chunks);
        case "ICCP" -> {
          if (profile != null && profile.from() == chunks.dataStart()) {
            putChunk("ICCP", file, profile);
          }
        }
        default -> {
          // metadata, and what nobody has thought of yet
        }
      }
    }
    if (turned) {
      byte[] exif = Exif.ofOrientation(orientation);
      putChunk("EXIF", exif, new Range(0, exif.length));
    }
  }

  private void putHeader(boolean turned) {
    int kept = WebpStructure.FLAG_ANIMATION | WebpStructure.FLAG_ALPHA;
    int flags =
        webp.flags() & kept
            | (webp.profile() == null ? 0 : WebpStructure.FLAG_PROFILE)
            | (turned ? WebpStructure.FLAG_EXIF : 0);
    int size =
        WebpStructure.chunks(file).from()
            + RiffChunks.HEADER
            + 4; // where VP8X holds the size of the canvas
    clean.put("VP8X").putU32le(10).putU32le(flags).put(file, size, size + 6);
  }

  private void putFrame(RiffChunks frame) {
    int start = clean.size();
    clean.put("ANMF").putU32le(0);
    int at = frame.dataStart();
    clean.put(file, at, at + WebpStructure.FRAME_HEADER);
    putPicture(new Range(at + WebpStructure.FRAME_HEADER, frame.data().to()));
    clean.patchU32le(start + 4, clean.size() - start - RiffChunks.HEADER);
  }

  /**
   * Colour of the background and loop count; the rest of the chunk, and a second one, have room for
   * anything.
   */
  private void putAnimation(RiffChunks chunk) {
    if (animationSeen) {
      return;
    }
    animationSeen = true;
    int from = chunk.dataStart();
    putChunk("ANIM", file, new Range(from, from + Math.min(6, chunk.dataLength())));
  }

  private void putChunk(RiffChunks chunk) {
    putChunk(chunk.name(), file, chunk.data());
  }

  private void putChunk(String name, byte[] from, Range data) {
    clean.put(name).putU32le(data.length()).put(from, data.from(), data.to());
    if ((data.length() & 1) != 0) {
      clean.put(0);
    }
  }
}
