#!/usr/bin/env bash
# A small model of our own on a CPU: pre-training on eight statutes, then fine-tuning on the generated pairs. The statutes must be in the store.
#   STORE=data/statutes.db deploy/runs/nano.sh OUT
set -euo pipefail
out=$1
laws=LFT,CPEUM,CCF,CPF,LFPC,LFPDPPP,LAmp,LGSM
paralegal() { dotnet run -c Release --project "$(dirname "$0")/../../src/ParalegalBot.Cli" -- "$@" --store "${STORE:-data/statutes.db}"; }

# [1] Examples, and the statutes as text
paralegal dataset generate --out "$out/data" --laws "$laws" --seed 1
# [2] To write on: 150 steps of about 9,000 tokens
paralegal tune train --data "$out/data" --out "$out/pretrain" --preset mini --stage pretrain --steps 150
# [3] To answer
paralegal tune train --data "$out/data" --out "$out/sft" --preset mini --stage sft --base "$out/pretrain/model" --steps 100
# [4] One file, and what it is worth
paralegal tune export "$out/sft" --out "$out/nano.gguf" --type q8_0
paralegal tune eval "$out/nano.gguf" --every 20
