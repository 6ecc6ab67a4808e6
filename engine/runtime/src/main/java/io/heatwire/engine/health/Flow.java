package io.heatwire.engine.health;

import java.util.List;

/** Whether what goes in at one end of the wiring comes out at the other. */
public record Flow(List<EdgeHealth> edges, List<StageAccount> accounts, List<CoverageHealth> coverage) {

    /** Nothing is watched. */
    public static final Flow UNWATCHED = new Flow(List.of(), List.of(), List.of());

    /** The worst there is to say. */
    public Status status() {
        if (accounts.stream().anyMatch(StageAccount::isWrong)) {
            return Status.ERROR;
        }
        boolean isWell =
                edges.stream().allMatch(EdgeHealth::isWell) && coverage.stream().noneMatch(CoverageHealth::isAlarm);
        return isWell ? Status.OK : Status.DEGRADED;
    }

    /** Whether every edge that has to be there is known to be. */
    public boolean ready() {
        return edges.stream().noneMatch(EdgeHealth::isClosed);
    }

    /** What concerns these stages; coverage concerns the whole. */
    public Flow of(List<String> stages) {
        return new Flow(
                edges.stream().filter(edge -> stages.contains(edge.stage())).toList(),
                accounts.stream()
                        .filter(account -> stages.contains(account.stage()))
                        .toList(),
                List.of());
    }
}
