package io.baler.standalone.verify.id;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.io.NumberOutput;

/**
 * The places of numeric {@code _id}s. MongoDB compares the exact values of integers, doubles and decimals; a double is
 * written with the fewest digits that tell it from other doubles, which may be those of another number.
 */
final class NumberKeys {

    /** NaN comes first. */
    private static final Map<String, Integer> RANKS = Map.of("NaN", 0, "-Infinity", 1, "Infinity", 3);

    private static final int FINITE = 2;
    private static final BigDecimal EXACT_DOUBLES = BigDecimal.valueOf(1L << 53);
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    /** The longest decimal has 34 digits, and an exponent of four. */
    private static final int LONGEST = 64;

    private NumberKeys() {}

    static List<Key> ofJson(Written written) {
        if (!written.isObject()) {
            return ofPlain(written.text(), false);
        }
        var decimal = written.member("$numberDecimal");
        var text = decimal == null ? written.required("$numberDouble") : decimal;
        return List.of(key(text));
    }

    /**
     * A number without anything around it.
     *
     * @param mayBeDecimal decimals, too, are written so
     */
    static List<Key> ofPlain(String text, boolean mayBeDecimal) {
        if (RANKS.containsKey(text)) {
            return List.of(key(text));
        }
        var exact = number(text);
        var isInteger = INTEGER.matcher(text).matches();
        if (isInteger && exact.abs().compareTo(EXACT_DOUBLES) <= 0) {
            return List.of(Key.of(FINITE, exact));
        }
        var mayBe = new ArrayList<Key>();
        var asDouble = Double.parseDouble(text);
        if (isWritten(asDouble, exact)) {
            mayBe.add(Key.of(FINITE, new BigDecimal(asDouble)));
        }
        if (isInteger || mayBeDecimal || mayBe.isEmpty()) {
            mayBe.add(Key.of(FINITE, exact));
        }
        return mayBe;
    }

    private static boolean isWritten(double value, BigDecimal so) {
        return Double.isFinite(value) && new BigDecimal(NumberOutput.toString(value, true)).compareTo(so) == 0;
    }

    private static Key key(String text) {
        var rank = RANKS.get(text);
        return rank == null ? Key.of(FINITE, number(text)) : Key.of(rank, BigDecimal.ZERO);
    }

    private static BigDecimal number(String text) {
        if (text.length() > LONGEST) {
            throw new NumberFormatException("no number has " + text.length() + " digits");
        }
        return new BigDecimal(text);
    }
}
