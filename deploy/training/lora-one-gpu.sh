#!/usr/bin/env bash
# LoRA on one GPU: an 8B base in bf16 needs about 24 GB (16 weights, adapters and their states under 1, the rest activations with checkpointing).
#   deploy/training/lora-one-gpu.sh BASE DATA OUT
set -euo pipefail
here=$(dirname "$0")
HF_HUB_OFFLINE=1 python3 "$here/train.py" --base "$1" --data "$2" --out "$3" --lora --rank 16 --alpha 32 --epochs 2
