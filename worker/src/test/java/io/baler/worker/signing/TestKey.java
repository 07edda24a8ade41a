package io.baler.worker.signing;

/** The key that tests sign with: always the same, so that archives are, too. */
public final class TestKey {

    /** As a setting has it. Signs nothing but the archives of tests. */
    public static final String PKCS8 = "MC4CAQAwBQYDK2VwBCIEIBw8Cms8VlYCDZIXG+A0X43K2S+hrSBOvDQ8zaQUM+5L";

    public static final SigningKey KEY = SigningKey.of(PKCS8);

    private TestKey() {}
}
