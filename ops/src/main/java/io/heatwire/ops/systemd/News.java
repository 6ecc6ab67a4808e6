package io.heatwire.ops.systemd;

import java.util.ArrayList;
import java.util.List;

/**
 * What one look found to tell. It counts as told only when it has arrived.
 *
 * @param atMs the moment of the look
 * @param isReady whether the service is ready for the first time
 * @param reload the reload whose end systemd has not been told of; 0 for none
 * @param status the new line of state; empty when the old one stands
 * @param isAlive whether a sign of life is due
 */
record News(long atMs, boolean isReady, int reload, String status, boolean isAlive) {

    static News onlyOfLife(long atMs, boolean isAlive) {
        return new News(atMs, false, 0, "", isAlive);
    }

    List<String> assignments() {
        List<String> assignments = new ArrayList<>();
        if (isReady || reload != 0) {
            assignments.add("READY=1");
        }
        if (!status.isEmpty()) {
            assignments.add("STATUS=" + status);
        }
        if (isAlive) {
            assignments.add("WATCHDOG=1");
        }
        return assignments;
    }
}
