#!/usr/bin/env bash
# The main job, on embedded defaults: builds Upstep, starts it with a simulated cluster in which a Polyaxon 1.10.1 runs,
# submits a plan that upgrades it, shows each step live, and prints the completion event with its evidence.
#   bash deploy/quickstart.sh         run it; Upstep stays up afterwards
#   bash deploy/quickstart.sh stop    stop it
# QUARKUS_HTTP_PORT chooses another port than 8080, UPSTEP_DATA_DIR another folder than data/quickstart.
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/prepare.sh

port=${QUARKUS_HTTP_PORT:-8080}
url="http://127.0.0.1:$port"
data=${UPSTEP_DATA_DIR:-data/quickstart}
pidfile=data/quickstart.pid
log=data/quickstart.log

stop_upstep() {
  local pid
  pid=$(cat "$pidfile" 2>/dev/null) || return 0
  if kill "$pid" 2>/dev/null; then
    say "Stopping Upstep (process $pid)"
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$pidfile"
}

if [ "${1:-}" = stop ]; then
  stop_upstep
  exit 0
fi
[ $# = 0 ] || stop "expected no argument, or 'stop', came '$*'"

need_java
need mvn maven "builds Upstep"
need curl curl "submits the plan"
need jq jq "shows events"
need pg_dump postgresql-client "executors back databases up with PostgreSQL's own tools"

mkdir -p data
say "Building (the first time takes some minutes: Maven downloads what Upstep is made of; log: data/build.log)"
mvn -B -ntp -Dmaven.test.skip=true -Djacoco.skip -pl standalone -am package 2>&1 | tee data/build.log |
  sed -un 's/^\[INFO\] Building \(Upstep.*\]\)$/    \1/p' ||
  { tail -n 30 data/build.log >&2 && stop "the build failed; its end is above, all of it in data/build.log."; }

stop_upstep
if curl -s -o /dev/null "$url"; then
  stop "something already answers on $url; choose another port: QUARKUS_HTTP_PORT=8090 bash deploy/quickstart.sh"
fi
[ -n "${UPSTEP_DATA_DIR:-}" ] || rm -rf data/quickstart
say "Starting Upstep: three services, PostgreSQL and a simulated cluster in one process (log: $log)"
UPSTEP_DATA_DIR="$data" QUARKUS_HTTP_PORT="$port" nohup bash deploy/start.sh standalone >"$log" 2>&1 </dev/null &
echo $! >"$pidfile"
for i in $(seq 300); do
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$url/q/health/ready" || true)" = 200 ] && break
  if ! kill -0 "$(cat "$pidfile")" 2>/dev/null; then
    tail -n 20 "$log" >&2
    stop "Upstep ended while it started; the end of $log is above."
  fi
  [ "$i" = 300 ] && stop "Upstep was not ready within 30 s; see $log"
  sleep 0.1
done

say "Submitting docs/reference/quickstart-plan.json to $url/api/v1/plans"
answer=$(curl -sS -X POST "$url/api/v1/plans" -H 'Content-Type: application/json' \
  -H "Idempotency-Key: quickstart-$(date +%s%N)" --data @docs/reference/quickstart-plan.json)
plan=$(jq -r '.id // empty' <<<"$answer")
[ -n "$plan" ] || stop "the plan was not accepted: $answer"

# Server-sent events: one journal entry each, from the first; ends with the plan.
curl -sN --max-time 300 "$url/api/v1/plans/$plan/events" 2>/dev/null | while IFS= read -r line; do
  case "$line" in
    data:*) entry=${line#data:} ;;
    *) continue ;;
  esac
  jq -r '"  \(.at[11:19])  \(.summary // .type)"' <<<"$entry"
  [ "$(jq -r .terminal <<<"$entry")" = true ] && break
done || true

say "The completion event, which the verifier has published to every subscriber"
status=$(curl -sS "$url/api/v1/plans/$plan")
jq '{type: "io.upstep.upgrade.completed.v1", subject: .id, data: .completion}' <<<"$status"
[ "$(jq -r .status <<<"$status")" = SUCCEEDED ] || stop "the plan ended $(jq -r .status <<<"$status"): $(curl -sS "$url/api/v1/plans/$plan/why" | jq -r .sentence)"

cat >&2 <<END

  Console     $url/
  API         $url/api/v1/plans/$plan
  Swagger UI  $url/q/swagger-ui
  Cluster     kubectl --kubeconfig $data/simulator/kubeconfig -n polyaxon get pods
  Stop it     bash deploy/quickstart.sh stop

END
