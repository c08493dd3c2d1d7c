#!/usr/bin/env bash
# All weights on several GPUs of one machine, sharded (FSDP, full shard): 7B or 8B on four of 80 GB.
#   GPUS=4 deploy/training/full-many-gpus.sh BASE DATA OUT
set -euo pipefail
here=$(dirname "$0")
HF_HUB_OFFLINE=1 torchrun --standalone --nproc_per_node "${GPUS:-4}" "$here/train.py" --base "$1" --data "$2" --out "$3" --epochs 2 --rate 1e-5 --batch 2 --accumulate 4
