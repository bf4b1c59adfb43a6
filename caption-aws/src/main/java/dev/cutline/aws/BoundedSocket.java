package dev.cutline.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A socket over which a {@link RunningCall} receives no more than it may. */
final class BoundedSocket extends Socket {
  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int read = in.read();
        CuttableHttp.received(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        CuttableHttp.received(Math.max(0, read));
        return read;
      }
    };
  }
}
