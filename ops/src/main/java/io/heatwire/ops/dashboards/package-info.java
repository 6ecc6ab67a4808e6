/**
 * What Prometheus and Grafana need to watch a wiring: scrape configuration, alerts, dashboards.
 *
 * <p>In: a checked wiring and the meters its operators declare. Out: the texts of files, the same ones for the same wiring. Thread:
 * any.
 */
@NullMarked
package io.heatwire.ops.dashboards;

import org.jspecify.annotations.NullMarked;
