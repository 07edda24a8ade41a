package io.baler.bench;

import java.io.IOException;

/** The process that started this one, at the other end of standard input. */
public final class Parent {
    private Parent() {}

    /** Ends this process as soon as the other one has ended, however that was. */
    public static void endWithIt() {
        var watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is ever sent
                        }
                    } catch (IOException gone) {
                        // the same as its end
                    }
                    Runtime.getRuntime().halt(0);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }
}
