# The commands by which operators look at the existing services, word for word; redis-cli and curl are whatever the PATH gives.

echo "== coverage by point"
redis-cli --raw XREVRANGE quantum:stream:apply.heat.observed + - COUNT 600 | \
awk '
tolower($0)=="obs_point"{getline; op=$0}
tolower($0)=="heat_found"{getline; hf=$0; c[op,hf]++}
END{for (k in c) print k, c[k]}' | sort

echo "== reasons"
curl -s http://localhost:8043/metrics | \
grep -E '^p28_heat_reason_total\{obs_point="publish_plan_post",reason="(timeout|redis_error)"\}'

echo "== dropped"
curl -s http://localhost:8043/metrics | grep -E '^p28_late_obs_dropped_total(\{| )'

echo "== late observations"
redis-cli XREVRANGE quantum:stream:apply.heat.observed + - COUNT 20 | grep -c "publish_plan_post"

echo "== observed"
curl -s http://localhost:8043/metrics | grep p28_observed_total

echo "== keys of plans"
redis-cli KEYS "quantum:harvest:heat:by_plan:*" | wc -l

echo "== lag, on a terminal"
redis-cli XINFO GROUPS quantum:stream:harvest.heat.decision | grep -E "name:|lag:"

echo "== lag"
redis-cli XINFO GROUPS quantum:stream:harvest.heat.decision | grep -E -A 1 '^(name|lag)$'

echo "== portfolio heat gate"
curl http://localhost:8056/metrics 2>/dev/null | grep p26_

echo "== health of the bridge"
curl -s http://localhost:8071/health

echo
echo "== redis"
redis-cli PING
redis-cli INFO stats | grep -E "total_connections_received|rejected_connections"
redis-cli INFO clients | grep connected_clients
redis-cli CONFIG GET maxclients
echo "== end"
