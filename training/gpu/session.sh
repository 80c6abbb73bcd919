#!/usr/bin/env bash
# Train on a GPU machine that is reached by commands of limited length. Everything lives in $HOME_DIR
# there and runs in process sessions of its own, so it goes on between commands.
#   gpu/session.sh unpack PART...     add parts of the bundle; the last one unpacks it
#   gpu/session.sh check              does fluidsynth load, how fast is each way of training?
#   gpu/session.sh start SECONDS [SIZE] [OPTION...]   renderers, then training on what they make
#   gpu/session.sh wait SECONDS       show the logs' ends until then
#   gpu/session.sh ship OUT           stop everything; the exported model, in parts
#   gpu/session.sh weights OUT        weights to go on from another time, in parts
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
home=${HOME_DIR:-/tmp/riffcord-gpu}
data=$home/data
python=${PYTHON:-python3}
export PYTHONPATH=$here RIFFCORD_FLUIDSYNTH=$home/lib PYTHONUNBUFFERED=1
mkdir -p "$home"

run() { "$python" -m riffcord_training --data "$data" "$@"; }

case $1 in
  unpack)
    shift
    cat "$@" >> "$home/bundle.tar.xz"
    if tar -C "$home" -xJf "$home/bundle.tar.xz" 2> "$home/unpack.log"; then
      echo "unpacked:" && ls "$home/lib" "$home/fonts" "$home/data" | tail -8
    else
      echo "more parts are needed"
    fi
    ;;
  check)
    "$python" -c "from riffcord_training.synth import Synth; import glob
for font in glob.glob('$home/fonts/*'): Synth(font); print('loads', font)"
    run speed --device "${DEVICE:-cuda}"
    ;;
  start)
    seconds=$2 size=${3:-small}
    shift $(($# < 3 ? $# : 3))
    workers=${WORKERS:-$(($(nproc) > 3 ? $(nproc) - 2 : 1))}
    export OMP_NUM_THREADS=1
    run render --split val --clips $((workers * 60)) --shard-clips 30 --workers "$workers" \
      --soundfont "$home"/fonts/* > "$home/render.log" 2>&1
    setsid nohup "$python" -m riffcord_training --data "$data" render --split train \
      --clips 4000000 --keep-pictures 4 --shard-clips 200 --workers "$workers" \
      --soundfont "$home"/fonts/* >> "$home/render.log" 2>&1 &
    echo $! > "$home/render.pid"
    until [[ $(find "$data/train" -maxdepth 1 -name 'shard_?????' 2> /dev/null | wc -l) -ge ${FIRST_SHARDS:-$workers} ]]; do
      sleep 1
    done
    unset OMP_NUM_THREADS
    setsid nohup "$python" -m riffcord_training --data "$data" train --seconds "$seconds" \
      --size "$size" --device "${DEVICE:-cuda}" "$@" > "$home/train.log" 2>&1 &
    echo $! > "$home/train.pid"
    ;;
  wait)
    end=$(($(date +%s) + $2))
    while [[ $(date +%s) -lt $end ]] && kill -0 "$(cat "$home/train.pid")" 2> /dev/null; do
      sleep 5
    done
    tail -n 3 "$home/render.log"
    tail -n 12 "$home/train.log"
    ;;
  ship | weights)
    [[ $1 == ship ]] && kill -- "-$(cat "$home/render.pid")" 2> /dev/null || true
    [[ $1 == weights ]] && run ship --weights --out "$2" || run ship --out "$2"
    cp "$home"/*.log "$2/"
    ;;
esac
