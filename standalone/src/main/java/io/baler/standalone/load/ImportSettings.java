package io.baler.standalone.load;

/**
 * How to load.
 *
 * @param timeField dotted path of the field whose ISO 8601 text becomes a date
 * @param drop whether what is in the collection goes first
 * @param strict whether one bad record keeps all the others out
 */
public record ImportSettings(String timeField, boolean drop, boolean strict) {}
