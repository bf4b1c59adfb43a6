package dev.cutline;

/**
 * A file was refused before anything of it was stored. The message says why and what would mend it.
 */
public final class ImageRejectedException extends CaptionException {
  private static final long serialVersionUID = 1L;

  private final Rejection rejection;

  public ImageRejectedException(Rejection rejection, String message) {
    super(rejection.reason(), message);
    this.rejection = rejection;
  }

  public ImageRejectedException(Rejection rejection, String message, Throwable cause) {
    super(rejection.reason(), message, cause);
    this.rejection = rejection;
  }

  public Rejection rejection() {
    return rejection;
  }
}
