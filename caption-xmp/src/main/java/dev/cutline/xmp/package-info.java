/**
 * Captions, alt texts and keywords in XMP sidecars beside the pictures, for other programs to read:
 * {@link XmpSidecars} finds or makes the sidecar of a picture, {@link PictureText} is what it is to
 * say. What is in a sidecar already is found by a parser ({@link XmpDocument}), but changed in its
 * text ({@link Edits}): a sidecar holds hours of somebody's work in other programs, and whatever is
 * not ours comes out as it went in, byte for byte.
 */
@NullMarked
package dev.cutline.xmp;

import org.jspecify.annotations.NullMarked;
