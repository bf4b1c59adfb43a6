/** DynamoDB in this process, for tests. */
@NullMarked
package dev.cutline.dynamodbtest;

import org.jspecify.annotations.NullMarked;
