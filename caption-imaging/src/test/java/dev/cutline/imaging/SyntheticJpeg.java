package dev.cutline.imaging;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Writes even gray JPEG files of any size, coding and number of scans, at two bits a block. */
final class SyntheticJpeg {
  private final int width;
  private final int height;
  private int components = 3;
  private int frameMarker = 0xC0;
  private int precision = 8;
  private int extraScans;
  private int adobeTransform = -1;
  private int componentId = 1;
  private boolean jfif = true;
  private byte[] segment = {};
  private byte[] segmentBehindFrame = {};
  private byte[] trailer = {};

  private SyntheticJpeg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  static SyntheticJpeg of(int width, int height) {
    return new SyntheticJpeg(width, height);
  }

  SyntheticJpeg components(int components) {
    this.components = components;
    return this;
  }

  /** Names the components by consecutive numbers from here on; by default 1, 2, 3. */
  SyntheticJpeg componentId(int first) {
    this.componentId = first;
    return this;
  }

  SyntheticJpeg frameMarker(int marker) {
    this.frameMarker = marker;
    return this;
  }

  SyntheticJpeg progressive() {
    return frameMarker(0xC2);
  }

  SyntheticJpeg precision(int bits) {
    this.precision = bits;
    return this;
  }

  /** Adds scans to the one that there is, or to those that a progressive picture needs. */
  SyntheticJpeg extraScans(int count) {
    this.extraScans = count;
    return this;
  }

  SyntheticJpeg adobe(int transform) {
    this.adobeTransform = transform;
    return this;
  }

  SyntheticJpeg withoutJfif() {
    this.jfif = false;
    return this;
  }

  /** Adds a segment before the tables. */
  SyntheticJpeg segment(int marker, byte[] data) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(segment);
    putSegment(all, marker, data);
    this.segment = all.toByteArray();
    return this;
  }

  /** Adds raw bytes between frame header and first scan. */
  SyntheticJpeg behindFrame(byte[] bytes) {
    this.segmentBehindFrame = bytes;
    return this;
  }

  SyntheticJpeg trailer(byte[] bytes) {
    this.trailer = bytes;
    return this;
  }

  byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
    if (jfif) {
      putSegment(out, 0xE0, new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
    }
    if (adobeTransform >= 0) {
      byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) adobeTransform};
      putSegment(out, 0xEE, adobe);
    }
    out.writeBytes(segment);
    byte[] ones = new byte[65];
    Arrays.fill(ones, 1, 65, (byte) 1);
    putSegment(out, 0xDB, ones);
    putFrame(out);
    putTable(out, 0x00);
    putTable(out, 0x10);
    out.writeBytes(segmentBehindFrame);
    putScans(out);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
    out.writeBytes(trailer);
    return out.toByteArray();
  }

  private void putFrame(ByteArrayOutputStream out) {
    byte[] data = new byte[6 + 3 * components];
    data[0] = (byte) precision;
    data[1] = (byte) (height >> 8);
    data[2] = (byte) height;
    data[3] = (byte) (width >> 8);
    data[4] = (byte) width;
    data[5] = (byte) components;
    for (int i = 0; i < components; i++) {
      data[6 + 3 * i] = id(i);
      data[7 + 3 * i] = 0x11;
    }
    putSegment(out, frameMarker, data);
  }

  /** The component names R, G, B are not consecutive. */
  private byte id(int component) {
    return (byte) (componentId == 'R' ? "RGB".charAt(component) : componentId + component);
  }

  /** One code of one bit, 0, that means: no difference, or end of block. */
  private static void putTable(ByteArrayOutputStream out, int tableClass) {
    byte[] data = new byte[18];
    data[0] = (byte) tableClass;
    data[1] = 1;
    putSegment(out, 0xC4, data);
  }

  private void putScans(ByteArrayOutputStream out) {
    int[] all = new int[components];
    Arrays.setAll(all, i -> i);
    long blocks = (width + 7L) / 8 * ((height + 7L) / 8);
    if (frameMarker != 0xC2) {
      for (int i = 0; i <= extraScans; i++) {
        putScan(out, all, 0, 63, 2 * blocks * components);
      }
      return;
    }
    putScan(out, all, 0, 0, blocks * components);
    for (int i = 0; i < components + extraScans; i++) {
      putScan(out, new int[] {i % components}, 1, 63, blocks);
    }
  }

  private void putScan(ByteArrayOutputStream out, int[] of, int from, int to, long bits) {
    byte[] data = new byte[4 + 2 * of.length];
    data[0] = (byte) of.length;
    for (int i = 0; i < of.length; i++) {
      data[1 + 2 * i] = id(of[i]);
    }
    data[data.length - 3] = (byte) from;
    data[data.length - 2] = (byte) to;
    putSegment(out, 0xDA, data);
    out.writeBytes(new byte[(int) ((bits + 7) / 8)]);
  }

  static void putSegment(ByteArrayOutputStream out, int marker, byte[] data) {
    out.write(0xFF);
    out.write(marker);
    out.write(data.length + 2 >> 8);
    out.write(data.length + 2);
    out.writeBytes(data);
  }
}
