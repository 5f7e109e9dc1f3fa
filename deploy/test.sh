#!/usr/bin/env bash
# All tests: unit, contract (real RabbitMQ, Redis, Kafka, PostgreSQL) and end to end. Installs what they need.
#   bash deploy/test.sh [further Maven arguments]
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/prepare.sh

need_java
need mvn maven "builds Upstep"
need redis-server redis-server "the broker contract runs against a real Redis"
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || need rabbitmq-server rabbitmq-server "the broker contract runs against a real RabbitMQ"
need curl curl "the guides are followed command by command"
need jq jq "the guides are followed command by command"
need chromium chromium "the console is driven in a real browser"
need pg_dump postgresql-client "backups are made and restored by PostgreSQL's own tools"

# A server that could not be started is a failure here, not a skipped test.
export UPSTEP_REQUIRE_SERVERS=true
say "Building and testing (reports: */target/*-reports; coverage: */target/site/jacoco)"
# Modules that do not need one another are built and tested side by side: one more than there are cores here, because the
# brokers' law waits most of its time.
exec mvn -B -ntp -T 3 verify "$@"
