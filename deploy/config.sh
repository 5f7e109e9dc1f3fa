#!/usr/bin/env bash
# Moves configuration files from one version of a platform to another, checks them, and finds in your own scripts what has to
# change. Needs no plan and no server; changes no file that is there. Installs what it needs.
#   bash deploy/config.sh migrate --platform polyaxon --from 0.4.4 --to 0.5.6 config.yaml -o new.yaml
#   bash deploy/config.sh check   --platform polyaxon --version 0.5.6 new.yaml
#   bash deploy/config.sh scan    --platform polyaxon --from 0.4.4 --to 0.5.6 scripts/
# UPSTEP_RECIPES names a directory with rules of your own. Exit codes: docs/reference/configuration-rules.md.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/deploy/prepare.sh"

need_java
module="$root/configuration"
jar=$(ls -t "$module"/target/upstep-configuration-*.jar 2>/dev/null | head -n 1 || true)
if [ -z "$jar" ] || [ ! -d "$module/target/lib" ] || [ -n "$(find "$module/src/main" "$module/pom.xml" "$root/recipes/configuration.schema.json" -newer "$jar" -print -quit)" ]; then
  need mvn maven "builds Upstep"
  say "Building the configuration module"
  (cd "$root" && mvn -B -ntp -q -pl configuration -am package -DskipTests -Djacoco.skip -Dspotless.check.skip) >&2
  jar=$(ls -t "$module"/target/upstep-configuration-*.jar | head -n 1)
fi
export UPSTEP_RECIPES="${UPSTEP_RECIPES:-$root/recipes}"
# It lives for a second: the quick compiler and one collector thread are enough.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -jar "$jar" "$@"
