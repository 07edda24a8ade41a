package io.baler.standalone.client;

/** The archive's storage does not give it out; a new address from the server may help. */
final class StorageRefused extends CallFailed {

    StorageRefused(int status) {
        super("the archive's storage answered " + status, null);
    }

    @Override
    boolean mayPass() {
        return true;
    }
}
