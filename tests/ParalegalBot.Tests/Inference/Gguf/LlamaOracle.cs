using System.Diagnostics;
using System.Text.Json;

namespace ParalegalBot.Tests.Inference.Gguf;

/// <summary>llama.cpp in a child process (tests/oracles/llama).</summary>
internal static class LlamaOracle
{
    public static async Task<OracleAnswer> AskAsync(OracleRequest request, CancellationToken cancellationToken)
    {
        var folder = NodeOracle.Need("llama");
        var input = Path.ChangeExtension(request.Model, ".json");
        await File.WriteAllTextAsync(input, JsonSerializer.Serialize(request, JsonSerializerOptions.Web), cancellationToken);
        var start = new ProcessStartInfo("node", ["oracle.mjs", input]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, $"The oracle failed: {await errors}");
        return JsonSerializer.Deserialize<OracleAnswer>(output, JsonSerializerOptions.Web)!;
    }
}

internal sealed record OracleRequest(string Model, IReadOnlyList<OracleText> Texts, IReadOnlyList<int> Sequence, OracleGreedy Greedy, string? Adapter = null);

internal sealed record OracleText(string Text, bool Marks);

internal sealed record OracleGreedy(IReadOnlyList<int> Prompt, int Count);

internal sealed record OracleAnswer(List<List<int>> Tokens, List<Dictionary<int, double>> Top, List<OracleStep> Greedy);

internal sealed record OracleStep(int Token, double Margin);
