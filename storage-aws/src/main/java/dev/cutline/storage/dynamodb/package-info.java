/** Records, caption cache, budgets and rate limits in one table of Amazon DynamoDB. */
@NullMarked
package dev.cutline.storage.dynamodb;

import org.jspecify.annotations.NullMarked;
