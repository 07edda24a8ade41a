package io.baler.worker.encode;

import tools.jackson.core.io.NumberOutput;

/**
 * Writes numbers as JavaScript prints them: integers in full, doubles with the fewest digits that give the same double
 * again (ECMA-262, Number::toString). {@code -0.0} keeps its sign, and what JSON cannot say becomes Extended JSON.
 */
final class JsonNumber {

    private static final int LONGEST_LONG = 20;
    /** Below this every integral double is exact, so its digits are those of the integer. */
    private static final double EXACT = 1L << 53;
    /** Below this a double can have one digit where Java insists on two: 5e-324 is 4.9E-324 in Java. */
    private static final double ONE_DIGIT_MATTERS = 1e-321;

    private JsonNumber() {}

    static void write(long value, GrowableBytes out) {
        out.ensureRoom(LONGEST_LONG);
        out.advanceTo(NumberOutput.outputLong(value, out.array(), out.length()));
    }

    static void write(double value, GrowableBytes out) {
        if (!Double.isFinite(value)) {
            out.ascii("{\"$numberDouble\":\"" + value + "\"}");
        } else if (value == 0) {
            out.ascii(1 / value < 0 ? "-0.0" : "0");
        } else if (Math.abs(value) < EXACT && value == (long) value) {
            write((long) value, out);
        } else {
            out.ascii(value < 0 ? "-" + shortest(-value) : shortest(value));
        }
    }

    // Jackson's writer, because Double.toString finds the fewest digits only from JDK 19 on (2.0E23).
    private static String shortest(double value) {
        String java = NumberOutput.toString(value, true);
        int e = java.indexOf('E');
        String mantissa = e < 0 ? java : java.substring(0, e);
        int point = mantissa.indexOf('.') + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));
        String digits = mantissa.replace(".", "");
        int zeros = 0;
        while (digits.charAt(zeros) == '0') {
            zeros++;
        }
        digits = withoutTrailingZeros(digits.substring(zeros));
        if (digits.length() == 2 && value < ONE_DIGIT_MATTERS) {
            return oneDigit(value, digits, point - zeros);
        }
        return layOut(digits, point - zeros);
    }

    private static String withoutTrailingZeros(String digits) {
        int length = digits.length();
        while (digits.charAt(length - 1) == '0') {
            length--;
        }
        return digits.substring(0, length);
    }

    private static String oneDigit(double value, String two, int point) {
        int rounded = (Integer.parseInt(two) + 5) / 10;
        if (Double.parseDouble(rounded + "E" + (point - 1)) != value) {
            return layOut(two, point);
        }
        return rounded == 10 ? layOut("1", point + 1) : layOut(Integer.toString(rounded), point);
    }

    /** The digits with the decimal point behind the first {@code point} of them. */
    private static String layOut(String digits, int point) {
        int count = digits.length();
        if (point > 21 || point <= -6) {
            String exponent = (point > 0 ? "e+" : "e") + (point - 1);
            return count == 1 ? digits + exponent : digits.charAt(0) + "." + digits.substring(1) + exponent;
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        if (count <= point) {
            return digits + "0".repeat(point - count);
        }
        return digits.substring(0, point) + "." + digits.substring(point);
    }
}
