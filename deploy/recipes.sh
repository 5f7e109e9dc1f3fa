#!/usr/bin/env bash
# Looks at platforms of your own: says what keeps a planner from using them, and what is likely to be wrong. Needs no planner;
# changes no file. Installs what it needs.
#   bash deploy/recipes.sh lint my-platforms            one line each: file:line:column: message
#   bash deploy/recipes.sh lint my-platforms/guestbook -o json
# Exit codes: 0 they can be used, 1 something is wrong, 2 the command line was.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/deploy/prepare.sh"

need_java
module="$root/planner-service"
app="$module/target/quarkus-app"
sources=("$module/src/main" "$module/pom.xml" "$root/recipes/recipe.schema.json" "$root/recipes/platform.schema.json"
  "$root/docs/reference/actions.md" "$root/docs/reference/checks.md")
jar=$(ls -t "$app"/app/*.jar 2>/dev/null | head -n 1 || true)
if [ -z "$jar" ] || [ -n "$(find "${sources[@]}" -newer "$jar" -print -quit)" ]; then
  need mvn maven "builds Upstep"
  say "Building the planner"
  (cd "$root" && mvn -B -ntp -q -pl planner-service -am package -Dmaven.test.skip=true -Djacoco.skip -Dspotless.check.skip) >&2
fi
# It lives for a second: the quick compiler and one collector thread are enough.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \
  -cp "$app/app/*:$app/lib/main/*:$app/lib/boot/*" io.upstep.planner.recipe.cli.RecipesCommand "$@"
