#!/usr/bin/env bash
# Measures what docs/reference/performance.md reports. Judges nothing; run it on a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/prepare.sh

need_java
need mvn maven "builds Upstep"
say "Building, then measuring"
# No unit test is named 'none'; the benchmark is no test by its name, so it runs only when it is asked for.
exec mvn -B -ntp -q -pl standalone -am verify -Djacoco.skip -Dspotless.check.skip \
  -Dupstep.test.compiler=-XX:TieredStopAtLevel=4 -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=Benchmark -Dfailsafe.failIfNoSpecifiedTests=false
