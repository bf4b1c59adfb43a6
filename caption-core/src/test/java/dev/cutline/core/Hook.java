package dev.cutline.core;

/** Is called around every operation on a store, and may let it fail. */
interface Hook {
  Hook NONE = operation -> {};

  /** Called before an operation, named like {@code images.put} or {@code records.update STORED}. */
  void before(String operation);

  /** Called after an operation that went well. */
  default void after(String operation) {}
}
