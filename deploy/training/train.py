"""Fine-tunes a LLaMA on a dataset of `paralegal dataset generate`, on one GPU or on several.

Reads   DATA/train.jsonl and DATA/validation.jsonl: a JSON object a line, of which only `messages` is read ([{role, content}, …], the last one the assistant's).
Writes  OUT/model (Hugging Face folder: config.json, model.safetensors, tokenizer) or, with --lora, OUT/adapter (PEFT: adapter_config.json, adapter_model.safetensors).
Back    paralegal tune export OUT --out model.gguf --type q8_0

The loss is taken on the response alone: prompt tokens are labelled -100. Nothing is packed across examples and nothing leaves this machine
(HF_HUB_OFFLINE=1 once the base model is on disk). One process a GPU; torchrun starts them, and with more than one the weights are sharded (FSDP, full shard).
"""

import argparse
import json
import os
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from torch.utils.data import Dataset
from transformers import AutoModelForCausalLM, AutoTokenizer, Trainer, TrainingArguments, set_seed

IGNORED = -100
TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def read_messages(path):
    """The conversations of a file; a broken line is named and stops the run before anything is loaded onto a GPU."""
    conversations = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                messages = json.loads(line)["messages"]
                if len(messages) < 2 or messages[-1]["role"] != "assistant":
                    raise ValueError("the last message is not the assistant's")
                conversations.append([{"role": m["role"], "content": m["content"]} for m in messages])
            except (ValueError, KeyError, TypeError) as fault:
                raise SystemExit(f"{path}, line {number}: not an example ({fault}); correct or remove it.")
    if not conversations:
        raise SystemExit(f"{path} holds no examples; run `paralegal dataset generate`.")
    return conversations


def encode(tokenizer, messages, longest):
    """Token ids and labels of a conversation; None where it is too long. Only the answer and the mark that ends it are learnt."""
    prompt = tokenizer.apply_chat_template(messages[:-1], tokenize=True, add_generation_prompt=True)
    whole = tokenizer.apply_chat_template(messages, tokenize=True)
    if len(whole) > longest or whole[: len(prompt)] != prompt:
        return None
    return {"input_ids": whole, "labels": [IGNORED] * len(prompt) + whole[len(prompt):]}


class Examples(Dataset):
    def __init__(self, tokenizer, path, longest):
        encoded = [encode(tokenizer, messages, longest) for messages in read_messages(path)]
        self.rows = [row for row in encoded if row]
        print(f"{path}: {len(self.rows)} examples, {len(encoded) - len(self.rows)} too long for {longest} tokens")

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return self.rows[index]


def collate(tokenizer):
    padding = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id

    def batch(rows):
        width = max(len(row["input_ids"]) for row in rows)
        fill = lambda values, value: values + [value] * (width - len(values))
        return {
            "input_ids": torch.tensor([fill(row["input_ids"], padding) for row in rows]),
            "labels": torch.tensor([fill(row["labels"], IGNORED) for row in rows]),
            "attention_mask": torch.tensor([fill([1] * len(row["input_ids"]), 0) for row in rows]),
        }

    return batch


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--base", required=True, help="Hugging Face folder of the base model")
    options.add_argument("--data", required=True, help="folder of `paralegal dataset generate`")
    options.add_argument("--out", required=True)
    options.add_argument("--lora", action="store_true", help="train adapters instead of all weights")
    options.add_argument("--rank", type=int, default=16)
    options.add_argument("--alpha", type=int, default=32)
    options.add_argument("--epochs", type=float, default=2)
    options.add_argument("--steps", type=int, default=-1, help="overrides --epochs")
    options.add_argument("--rate", type=float, help="peak learning rate (2e-4 for LoRA, 1e-5 for all weights)")
    options.add_argument("--batch", type=int, default=4, help="examples a GPU and step")
    options.add_argument("--accumulate", type=int, default=4)
    options.add_argument("--longest", type=int, default=4096, help="longer examples are left out")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()

    set_seed(chosen.seed)
    tokenizer = AutoTokenizer.from_pretrained(chosen.base)
    model = AutoModelForCausalLM.from_pretrained(chosen.base, torch_dtype=torch.bfloat16)
    model.config.use_cache = False
    if chosen.lora:
        model.enable_input_require_grads()
        model = get_peft_model(model, LoraConfig(r=chosen.rank, lora_alpha=chosen.alpha, lora_dropout=0.0, target_modules=TARGETS, task_type="CAUSAL_LM"))
        model.print_trainable_parameters()

    sharded = int(os.environ.get("WORLD_SIZE", "1")) > 1
    data, out = Path(chosen.data), Path(chosen.out)
    trainer = Trainer(
        model=model,
        args=TrainingArguments(
            output_dir=str(out / "checkpoints"), num_train_epochs=chosen.epochs, max_steps=chosen.steps, per_device_train_batch_size=chosen.batch, per_device_eval_batch_size=chosen.batch,
            gradient_accumulation_steps=chosen.accumulate, learning_rate=chosen.rate or (2e-4 if chosen.lora else 1e-5), lr_scheduler_type="cosine", warmup_ratio=0.03, weight_decay=0.0 if chosen.lora else 0.1,
            max_grad_norm=1.0, bf16=torch.cuda.is_available(), gradient_checkpointing=True, gradient_checkpointing_kwargs={"use_reentrant": False}, logging_steps=10, eval_strategy="steps", eval_steps=100,
            save_steps=100, save_total_limit=2, report_to=[], seed=chosen.seed, data_seed=chosen.seed, remove_unused_columns=False,
            fsdp="full_shard auto_wrap" if sharded else "", fsdp_config={"transformer_layer_cls_to_wrap": ["LlamaDecoderLayer"], "use_orig_params": True} if sharded else None,
        ),
        train_dataset=Examples(tokenizer, data / "train.jsonl", chosen.longest), eval_dataset=Examples(tokenizer, data / "validation.jsonl", chosen.longest), data_collator=collate(tokenizer),
    )
    # A run that was killed goes on from its last checkpoint.
    trainer.train(resume_from_checkpoint=any((out / "checkpoints").glob("checkpoint-*")) or None)
    if sharded:
        trainer.accelerator.state.fsdp_plugin.set_state_dict_type("FULL_STATE_DICT")
    folder = out / ("adapter" if chosen.lora else "model")
    trainer.save_model(str(folder))
    if trainer.is_world_process_zero():
        tokenizer.save_pretrained(str(folder))
        print(f"Written to {folder}. Next: paralegal tune export {out} --out model.gguf --type q8_0")


if __name__ == "__main__":
    main()
