package io.baler.worker.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The compression function of SHA-256 (FIPS 180-4, 6.2.2) in plain Java. For one thread at a time. */
final class JavaSha256 implements Sha256Blocks {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    /** A word for each round. */
    private final int[] w = new int[K.length];

    @Override
    public void hash(int[] hash, byte[] bytes, int offset, int length) {
        for (int at = offset; at < offset + length; at += BYTES) {
            schedule(bytes, at);
            rounds(hash);
        }
    }

    private void schedule(byte[] bytes, int offset) {
        for (int i = 0; i < 16; i++) {
            w[i] = (int) INTS.get(bytes, offset + i * Integer.BYTES);
        }
        for (int i = 16; i < w.length; i++) {
            int x = w[i - 15];
            int y = w[i - 2];
            int s0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
            int s1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
    }

    // Eight rounds at a time, so that no word has to be moved from one variable to the next.
    private void rounds(int[] hash) {
        int a = hash[0];
        int b = hash[1];
        int c = hash[2];
        int d = hash[3];
        int e = hash[4];
        int f = hash[5];
        int g = hash[6];
        int h = hash[7];
        for (int i = 0; i < w.length; i += 8) {
            h += sum1(e) + choose(e, f, g) + K[i] + w[i];
            d += h;
            h += sum0(a) + majority(a, b, c);
            g += sum1(d) + choose(d, e, f) + K[i + 1] + w[i + 1];
            c += g;
            g += sum0(h) + majority(h, a, b);
            f += sum1(c) + choose(c, d, e) + K[i + 2] + w[i + 2];
            b += f;
            f += sum0(g) + majority(g, h, a);
            e += sum1(b) + choose(b, c, d) + K[i + 3] + w[i + 3];
            a += e;
            e += sum0(f) + majority(f, g, h);
            d += sum1(a) + choose(a, b, c) + K[i + 4] + w[i + 4];
            h += d;
            d += sum0(e) + majority(e, f, g);
            c += sum1(h) + choose(h, a, b) + K[i + 5] + w[i + 5];
            g += c;
            c += sum0(d) + majority(d, e, f);
            b += sum1(g) + choose(g, h, a) + K[i + 6] + w[i + 6];
            f += b;
            b += sum0(c) + majority(c, d, e);
            a += sum1(f) + choose(f, g, h) + K[i + 7] + w[i + 7];
            e += a;
            a += sum0(b) + majority(b, c, d);
        }
        hash[0] += a;
        hash[1] += b;
        hash[2] += c;
        hash[3] += d;
        hash[4] += e;
        hash[5] += f;
        hash[6] += g;
        hash[7] += h;
    }

    private static int sum0(int x) {
        return Integer.rotateRight(x, 2) ^ Integer.rotateRight(x, 13) ^ Integer.rotateRight(x, 22);
    }

    private static int sum1(int x) {
        return Integer.rotateRight(x, 6) ^ Integer.rotateRight(x, 11) ^ Integer.rotateRight(x, 25);
    }

    private static int choose(int x, int y, int z) {
        return (x & y) ^ (~x & z);
    }

    private static int majority(int x, int y, int z) {
        return (x & y) ^ (x & z) ^ (y & z);
    }
}
