package dev.cutline.imaging;

import java.io.IOException;

/** Decodes each format with the decoder made for it. */
final class FormatDecoder implements PixelDecoder {
  private final PixelDecoder jpeg = new JpegPixelDecoder();
  private final PixelDecoder png = new PngPixelDecoder();
  private final PixelDecoder gif = new GifPixelDecoder();
  private final PixelDecoder webp = new WebpPixelDecoder();

  @Override
  public PixelImage decode(byte[] file, ImageInfo info, int enoughLongEdge) throws IOException {
    PixelDecoder decoder =
        switch (info.format()) {
          case JPEG -> jpeg;
          case PNG -> png;
          case GIF -> gif;
          case WEBP -> webp;
        };
    return decoder.decode(file, info, enoughLongEdge);
  }
}
