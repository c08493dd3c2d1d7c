using System.Diagnostics;
using System.Text.Json;

namespace ParalegalBot.Tests.Tuning.Dataset;

/// <summary>deploy/training/train.py reads what we write. Its libraries are stood in for: what is tested is the reading, the labels, and that the script compiles.</summary>
public sealed class TrainingRecipeTests : IDisposable
{
    private const string Reader = """
        import json, sys, types
        for name in ["torch", "torch.utils", "torch.utils.data", "peft", "transformers"]:
            sys.modules[name] = types.ModuleType(name)
        sys.modules["torch.utils.data"].Dataset = object
        for name in ["LoraConfig", "get_peft_model"]: setattr(sys.modules["peft"], name, None)
        for name in ["AutoModelForCausalLM", "AutoTokenizer", "Trainer", "TrainingArguments", "set_seed"]: setattr(sys.modules["transformers"], name, None)
        sys.dont_write_bytecode = True
        sys.path.insert(0, sys.argv[1])
        import train

        class Bytes:
            def apply_chat_template(self, messages, tokenize, add_generation_prompt=False):
                text = "".join(f"<{m['role']}>{m['content']}</>" for m in messages) + ("<assistant>" if add_generation_prompt else "")
                return list(text.encode())

        rows = [train.encode(Bytes(), messages, 10 ** 6) for messages in train.read_messages(sys.argv[2])]
        print(json.dumps({"rows": len(rows), "learnt": bytes(label for label in rows[0]["labels"] if label != train.IGNORED).decode()}))
        """;

    private readonly SampleDataset sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public async Task It_reads_every_line_and_learns_the_draft_alone()
    {
        await sample.Generate("data");

        var (code, output, error) = await Python("data/train.jsonl");

        Assert.True(code == 0, error);
        var said = JsonDocument.Parse(output).RootElement;
        var first = JsonDocument.Parse(File.ReadLines(sample["data/train.jsonl"]).First()).RootElement.GetProperty("messages");
        Assert.Equal(File.ReadLines(sample["data/train.jsonl"]).Count(), said.GetProperty("rows").GetInt32());
        Assert.Equal(first[2].GetProperty("content").GetString() + "</>", said.GetProperty("learnt").GetString());
    }

    [Fact]
    public async Task It_names_a_broken_line()
    {
        File.WriteAllText(sample["train.jsonl"], """{"messages":[{"role":"user","content":"¿?"}]}""" + "\n");

        var (code, _, error) = await Python("train.jsonl");

        Assert.NotEqual(0, code);
        Assert.Contains("line 1", error);
    }

    private async Task<(int Code, string Output, string Error)> Python(string data)
    {
        var start = new ProcessStartInfo("python3", ["-c", Reader, Path.Combine(Shared.Repository, "deploy", "training"), sample[data]]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
