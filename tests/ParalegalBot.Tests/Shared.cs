using System.Runtime.CompilerServices;

namespace ParalegalBot.Tests;

/// <summary>Finds ../shared beside the repository. Missing under CI it fails with one sentence; elsewhere the test is skipped by name.</summary>
internal static class Shared
{
    public static string Repository { get; } = FindRepository();

    /// <summary>Path of a file or folder in ../shared.</summary>
    public static string Need(string relative)
    {
        var path = Path.GetFullPath(Path.Combine(Repository, "..", "shared", relative));
        if (File.Exists(path) || Directory.Exists(path)) return path;
        var sentence = $"This test reads {relative} in the folder 'shared' beside the repository, and it is not there.";
        if (Environment.GetEnvironmentVariable("CI") is not null and not "") Assert.Fail(sentence);
        Assert.Skip(sentence);
        return path;
    }

    private static string FindRepository([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "ParalegalBot.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException($"No ParalegalBot.sln above {here}.");
    }
}
