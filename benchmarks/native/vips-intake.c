/*
 * The reference of the intake benchmark: libvips in one process, one thread, no cache, warm. For each
 * picture named on a line of standard input it makes the three renditions and prints four figures in
 * milliseconds: wall and processor time with a decode for each rendition, then with one decode, the
 * small ones made from the large one, as Cutline does.
 *
 * The few functions are declared here so that the library that comes with libvips-tools is enough:
 *   cc -O2 -o vips-intake vips-intake.c -l:libvips.so.42 -l:libgobject-2.0.so.0 -l:libglib-2.0.so.0
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct _VipsImage VipsImage;

enum { SIZE_BOTH = 0, SIZE_DOWN = 2 };
enum { CROP_CENTRE = 1 };

extern int vips_init(const char *);
extern void vips_concurrency_set(int);
extern void vips_cache_set_max(int);
extern const char *vips_error_buffer(void);
extern int vips_thumbnail_buffer(void *, size_t, VipsImage **, int, ...);
extern int vips_thumbnail_image(VipsImage *, VipsImage **, int, ...);
extern VipsImage *vips_image_copy_memory(VipsImage *);
extern int vips_jpegsave_buffer(VipsImage *, void **, size_t *, ...);
extern void g_object_unref(void *);
extern void g_free(void *);

static void check(int status) {
  if (status != 0) {
    fprintf(stderr, "%s\n", vips_error_buffer());
    exit(1);
  }
}

static void encode(VipsImage *image) {
  void *jpeg;
  size_t size;
  check(vips_jpegsave_buffer(image, &jpeg, &size, "Q", 85, "strip", 1, NULL));
  g_free(jpeg);
  g_object_unref(image);
}

static VipsImage *decoded(void *file, size_t size, int side) {
  VipsImage *image;
  check(vips_thumbnail_buffer(file, size, &image, side, "height", side, "size", SIZE_DOWN, NULL));
  return image;
}

static void separately(void *file, size_t size) {
  VipsImage *square;
  encode(decoded(file, size, 1568));
  encode(decoded(file, size, 300));
  check(vips_thumbnail_buffer(file, size, &square, 200, "height", 200, "size", SIZE_BOTH, "crop", CROP_CENTRE, NULL));
  encode(square);
}

static void chained(void *file, size_t size) {
  VipsImage *lazy = decoded(file, size, 1568), *small, *square;
  VipsImage *model = vips_image_copy_memory(lazy);
  g_object_unref(lazy);
  check(vips_thumbnail_image(model, &small, 300, "height", 300, "size", SIZE_DOWN, NULL));
  encode(small);
  check(vips_thumbnail_image(model, &square, 200, "height", 200, "size", SIZE_BOTH, "crop", CROP_CENTRE, NULL));
  encode(square);
  encode(model);
}

static double milliseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void measure(void (*work)(void *, size_t), void *file, size_t size) {
  double cpu = milliseconds(CLOCK_PROCESS_CPUTIME_ID), wall = milliseconds(CLOCK_MONOTONIC);
  work(file, size);
  printf("%.3f %.3f ", milliseconds(CLOCK_MONOTONIC) - wall, milliseconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
}

int main(int count, char **arguments) {
  char path[4096];
  (void)count;
  check(vips_init(arguments[0]));
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  while (fgets(path, sizeof path, stdin)) {
    path[strcspn(path, "\n")] = 0;
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END)) {
      perror(path);
      return 1;
    }
    size_t size = ftell(in);
    void *file = malloc(size);
    rewind(in);
    if (!file || fread(file, 1, size, in) != size) {
      perror(path);
      return 1;
    }
    fclose(in);
    measure(separately, file, size);
    measure(chained, file, size);
    printf("\n");
    fflush(stdout);
    free(file);
  }
  return 0;
}
