#!/usr/bin/env bash
# What each service may do in Kafka: run where Kafka's own tools are.
#   BOOTSTRAP=kafka:9093 CONFIG=admin.properties deploy/kafka/acls.sh baler-api baler-worker baler-cleanup
# PREFIX is baler.topics.prefix, "baler." unless given. The three are the services' users. Whoever may write to export.requested may have anything exported in anybody's name:
# a producer of its own is granted that one line alone.
set -euo pipefail

bootstrap=${BOOTSTRAP:?names the brokers}
prefix=${PREFIX-baler.}
# as Topics does it
group=$(sed -E 's/[._-]+$//' <<<"$prefix")
group=${group:-baler}
api=${1:?the user of the api}
worker=${2:?the user of the workers}
cleanup=${3:?the user of the cleanup}

acl() {
  kafka-acls.sh --bootstrap-server "$bootstrap" ${CONFIG:+--command-config "$CONFIG"} --add --force "$@"
}
topics() {
  local user=$1 operation=$2
  shift 2
  for topic in "$@"; do
    acl --allow-principal "User:$user" --operation "$operation" --topic "$prefix$topic"
  done
}

all=(export.requested export.requested-dlt export.restart export.cancel export.expire export.finished)
for user in "$api" "$worker" "$cleanup"; do
  # whichever starts first declares the topics that are missing
  topics "$user" Create "${all[@]}"
  topics "$user" Describe "${all[@]}"
done

topics "$api" Write export.requested export.restart export.cancel export.finished
topics "$api" Read export.finished
acl --allow-principal "User:$api" --operation Read --group "$group-api-notifications"

topics "$worker" Write export.finished export.requested-dlt
topics "$worker" Read export.requested export.restart export.cancel export.expire
acl --allow-principal "User:$worker" --operation Read --group "$group-workers"

topics "$cleanup" Write export.expire export.finished
