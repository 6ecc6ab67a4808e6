package io.heatwire.wiring;

import io.heatwire.engine.plan.EnginePlan;
import java.util.List;

/** Everything a wiring file asks for. */
public record WiringPlan(EnginePlan engine, List<HttpListener> http) {}
