#!/usr/bin/env bash
# The long run of the fault injection: kills, freezes, loses, repeats and refuses, by a seed, and looks whether every promise
# holds. docs/reference/faults.md says what it does and reports such a run. Installs what it needs.
#   bash deploy/faults.sh [--broker rabbitmq|redis|kafka|embedded|all] [--count FAULTS_PER_BROKER] [--seed NUMBER]
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/prepare.sh

broker=all count=300 seed=$(date +%s)
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || stop "expected a value after '$1'"
  case "$1" in
    --broker) broker=$2 ;;
    --count) count=$2 ;;
    --seed) seed=$2 ;;
    *) stop "expected --broker, --count or --seed, came '$1'" ;;
  esac
  shift 2
done
case "$broker" in
  rabbitmq | redis | kafka | embedded | all) ;;
  *) stop "expected --broker rabbitmq, redis, kafka, embedded or all, came '$broker'" ;;
esac

need_java
need mvn maven "builds Upstep"
need redis-server redis-server "one of the brokers"
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || need rabbitmq-server rabbitmq-server "one of the brokers"
need unshare util-linux "PostgreSQL does not run as root"
need tar tar "unpacks PostgreSQL"
need xz xz-utils "unpacks PostgreSQL"

export UPSTEP_REQUIRE_SERVERS=true
say "Building, then $count faults on $broker, seed $seed; lines that begin with RESULT hold the figures"
exec mvn -B -ntp -q -pl standalone -am verify -Djacoco.skip -Dspotless.check.skip \
  -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
  -Dit.test=FaultInjectionIT -Dfailsafe.failIfNoSpecifiedTests=false \
  "-Dupstep.faults.broker=$broker" "-Dupstep.faults.count=$count" "-Dupstep.faults.seed=$seed"
