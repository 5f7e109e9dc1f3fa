#!/usr/bin/env bash
# Starts one service, already built, with the heap it needs; replaces this shell, so signals reach it.
#   bash deploy/start.sh standalone|planner|executor|verifier
# Set what it connects to by environment variables: docs/reference/configuration.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)

# Serial collector and the quick compiler: these services wait most of their lives, and at 02:00 should cost next to nothing.
common=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=192m -XX:+ExitOnOutOfMemoryError -Xss512k)
case "${1:-}" in
  standalone) jar=standalone heap=192m ;;
  planner) jar=planner-service heap=96m ;;
  executor) jar=executor-service heap=80m ;;
  verifier) jar=verifier-service heap=80m ;;
  *)
    echo "upstep: expected one of standalone, planner, executor, verifier, came '${1:-nothing}'" >&2
    exit 2
    ;;
esac
app="$root/$jar/target/quarkus-app/quarkus-run.jar"
if [ ! -f "$app" ]; then
  echo "upstep: $jar is not built yet; build it with: mvn -DskipTests -pl $jar -am package" >&2
  exit 1
fi
# shellcheck disable=SC2086 # JAVA_OPTS is a list of options
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "${common[@]}" "-Xmx$heap" ${JAVA_OPTS:-} -jar "$app"
