#!/usr/bin/env bash
# All weights on one GPU: 16 bytes a weight with AdamW in bf16/fp32, so up to about 1B on 24 GB and 4B on 80 GB.
#   deploy/training/full-one-gpu.sh BASE DATA OUT
set -euo pipefail
here=$(dirname "$0")
HF_HUB_OFFLINE=1 python3 "$here/train.py" --base "$1" --data "$2" --out "$3" --epochs 2 --rate 1e-5
