using System.Diagnostics;
using System.Text.Json.Nodes;

namespace ParalegalBot.Tests;

/// <summary>A program of others in tests/oracles, run by Node. Missing under CI it fails with one sentence; elsewhere the test is skipped by name.</summary>
internal static class NodeOracle
{
    /// <summary>The folder of an oracle whose packages are installed.</summary>
    public static string Need(string name)
    {
        var folder = Path.Combine(Shared.Repository, "tests", "oracles", name);
        if (Directory.Exists(Path.Combine(folder, "node_modules"))) return folder;
        var sentence = $"This test asks a program of others: run `npm install --no-save` in tests/oracles/{name}.";
        if (Environment.GetEnvironmentVariable("CI") is not null and not "") Assert.Fail(sentence);
        Assert.Skip(sentence);
        return folder;
    }

    /// <summary>Gives a script JSON and returns the JSON that it prints.</summary>
    public static async Task<JsonNode> AskAsync(string name, string script, JsonNode question)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = Need(name), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(question.ToJsonString());
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"The oracle failed: {await errors}");
        return JsonNode.Parse(answer)!;
    }
}
