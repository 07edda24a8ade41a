package io.baler.worker.encode;

/** Walks one record's BSON once and writes every element as it comes, in the one form that its type has. */
final class RecordWriter {

    /** As deep as a MongoDB server can be told to accept ({@code maxBSONDepth}); 200 unless told. */
    static final int MAX_DEPTH = 250;

    private final BsonBytes in;
    private final GrowableBytes out;
    private final ScalarWriter scalars;
    private int depth;
    private boolean namesAreExact = true;

    RecordWriter(BsonBytes in, GrowableBytes out) {
        this.in = in;
        this.out = out;
        this.scalars = new ScalarWriter(in, out);
    }

    /** Whether every text and every name was UTF-8. */
    boolean write() {
        document();
        in.requireEnd();
        return namesAreExact && scalars.isExact();
    }

    private void document() {
        int outer = enter();
        out.write('{');
        for (boolean first = true; in.hasElement(); first = false) {
            if (!first) {
                out.write(',');
            }
            byte type = in.int8();
            name();
            value(type);
        }
        out.write('}');
        leave(outer);
    }

    private void array() {
        int outer = enter();
        out.write('[');
        for (boolean first = true; in.hasElement(); first = false) {
            if (!first) {
                out.write(',');
            }
            byte type = in.int8();
            in.skipToZero();
            value(type);
        }
        out.write(']');
        leave(outer);
    }

    private int enter() {
        if (++depth > MAX_DEPTH) {
            throw in.malformed("it nests deeper than " + MAX_DEPTH + " levels");
        }
        return in.enter();
    }

    private void leave(int outer) {
        in.leave(outer);
        depth--;
    }

    private void value(byte type) {
        switch (type) {
            case 0x01 -> JsonNumber.write(Double.longBitsToDouble(in.int64()), out);
            case 0x02 -> scalars.string();
            case 0x03 -> document();
            case 0x04 -> array();
            case 0x05 -> scalars.binary();
            case 0x06 -> out.ascii("{\"$undefined\":true}");
            case 0x07 -> scalars.objectId();
            case 0x08 -> scalars.bool();
            case 0x09 -> JsonDate.write(in.int64(), out);
            case 0x0A -> out.ascii("null");
            case 0x0B -> scalars.regularExpression();
            case 0x0C -> scalars.dbPointer();
            case 0x0D -> scalars.wrappedString("{\"$code\":");
            case 0x0E -> scalars.wrappedString("{\"$symbol\":");
            case 0x0F -> codeWithScope();
            case 0x10 -> JsonNumber.write((long) in.int32(), out);
            case 0x11 -> scalars.timestamp();
            case 0x12 -> JsonNumber.write(in.int64(), out);
            case 0x13 -> scalars.decimal();
            case 0x7F -> out.ascii("{\"$maxKey\":1}");
            case (byte) 0xFF -> out.ascii("{\"$minKey\":1}");
            default -> throw in.malformed("there is no type " + Byte.toUnsignedInt(type));
        }
    }

    // A key must be a string, so one that is not UTF-8 keeps its bytes within it.
    private void name() {
        int from = in.position();
        int to = in.skipToZero();
        if (!JsonText.write(in.array(), from, to, out)) {
            namesAreExact = false;
            out.ascii("\"$binary:");
            JsonBytes.base64(in.array(), from, to - from, out);
            out.write('"');
        }
        out.write(':');
    }

    private void codeWithScope() {
        int outer = in.enterCodeWithScope();
        out.ascii("{\"$code\":");
        scalars.string();
        out.ascii(",\"$scope\":");
        document();
        out.write('}');
        in.leaveCodeWithScope(outer);
    }
}
