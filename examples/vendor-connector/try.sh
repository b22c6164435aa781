#!/bin/sh
# Starts a platform with a job that needs the connectors, then drops their bundle into its deploy folder. Prints the rows that arrive at the webhook.
# Environment: CREEK (the creek script, otherwise that of this clone).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
creek=${CREEK:-$here/../../creek}
jar=$here/target/com.example.creek.http-1.0.0.jar
[ -f "$jar" ] || { echo "try.sh: $jar is not there; build it first, see README.md" >&2; exit 1; }

# Files are copied under a name that nobody looks at and renamed when they are whole.
deploy() {
  cp "$1" "$folder/part" && mv "$folder/part" "$folder/deploy/$2"
}

await() {
  tries=0
  until grep -q "$2" "$1" 2> /dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || { echo "try.sh: no '$2' in $1 within a minute" >&2; cat "$1" >&2; exit 1; }
    sleep 0.1
  done
}

folder=$(mktemp -d)
mkdir "$folder/deploy"
"${JAVA_HOME:+$JAVA_HOME/bin/}java" "$here/src/try/Station.java" "$folder/port" 5 &
station=$!
platform=
trap 'kill $station $platform 2> /dev/null || :; wait 2> /dev/null; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM

await "$folder/port" .
sed "s/@PORT@/$(cat "$folder/port")/" "$here/src/try/alarms.sql" > "$folder/alarms.sql"
deploy "$folder/alarms.sql" alarms.sql
"$creek" start --data "$folder/data" --deploy "$folder/deploy" > "$folder/log" 2>&1 < /dev/null &
platform=$!
await "$folder/log" 'the platform runs'
await "$folder/log" "'http-poll' is not there"
echo "The job waits: $(grep -m 1 "'http-poll' is not there" "$folder/log")"

deploy "$jar" http.jar
echo "The bundle is there; rows that arrive at the webhook:"
wait "$station"
