#!/usr/bin/env bash
# Pack what a bare GPU machine lacks into parts that travel one by one:
#   gpu/pack.sh OUT DATA FONT...
# fluidsynth with its libraries (not glibc's and the compiler's: those are the machine's own), the
# soundfonts, and from DATA the codec and the trained text encoder.
set -euo pipefail
out=$1 data=$2
shift 2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$stage/lib" "$stage/fonts" "$stage/data" "$out"

library=$(ldconfig -p | awk '/libfluidsynth\.so\.3 / {path = $NF} END {print path}')
own='/(ld-linux|libc|libm|libpthread|libdl|librt|libresolv|libgcc_s|libstdc\+\+)[.-]'
for path in "$library" $(ldd "$library" | awk '$3 ~ /^\// {print $3}'); do
  [[ $path =~ $own ]] || cp -L "$path" "$stage/lib/$(basename "$path")"
done
cp -L "$@" "$stage/fonts/"
cp "$data/codec.npz" "$stage/data/"
"${PYTHON:-python3}" - "$data/text.pt" "$stage/data/text.pt" << 'PY'
import sys, torch
model = torch.load(sys.argv[1], map_location="cpu", weights_only=True)["model"]
torch.save({"model": {name: tensor.half() for name, tensor in model.items()}}, sys.argv[2])
PY
[[ -f $data/start.pt ]] && cp "$data/start.pt" "$stage/data/"

rm -f "$out"/bundle.part-*
tar -C "$stage" -cJf - . | split -b 22M -d - "$out/bundle.part-"
ls -l "$out"
