package dev.cutline.imaging;

import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * Finds the JPEG reader and writer of the JDK, and not some other one that happens to be on the
 * class path: their packages are closed, so the registry is the only way to them. Nothing is
 * registered, scanned for, or cached on disk.
 */
final class ImageIoPlugins {
  private ImageIoPlugins() {}

  static ImageReaderSpi jpegReader() {
    return find(ImageReaderSpi.class);
  }

  static ImageWriterSpi jpegWriter() {
    return find(ImageWriterSpi.class);
  }

  private static <T extends ImageReaderWriterSpi> T find(Class<T> kind) {
    Iterator<T> found = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
    while (found.hasNext()) {
      T plugin = found.next();
      boolean ofTheJdk = "java.desktop".equals(plugin.getClass().getModule().getName());
      if (ofTheJdk && Arrays.asList(plugin.getFormatNames()).contains("jpeg")) {
        return plugin;
      }
    }
    throw new IllegalStateException("this Java runtime has no JPEG support (module java.desktop)");
  }
}
