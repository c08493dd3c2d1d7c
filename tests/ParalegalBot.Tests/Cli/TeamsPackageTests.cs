using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;
using ParalegalBot.Cli;
using ParalegalBot.Cli.Commands;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Cli;

public sealed class TeamsPackageTests : IDisposable
{
    private const string Id = "4f0c1d2e-8b7a-4c3d-9e5f-0a1b2c3d4e5f";
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<int> PackageAsync(params string[] more) => await CommandLine.RunAsync(["teams", "package", "--out", folder["app.zip"], .. more], [TeamsCommand.Create()]);

    [Fact]
    public async Task The_package_holds_a_manifest_and_both_icons_of_the_right_size_at_its_root()
    {
        Assert.Equal(0, await PackageAsync("--app-id", Id, "--address", "https://bot.bufete.example"));

        using var zip = ZipFile.OpenRead(folder["app.zip"]);
        Assert.Equal(["color.png", "manifest.json", "outline.png"], zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.Equal((192, 192), Size(zip, "color.png"));
        Assert.Equal((32, 32), Size(zip, "outline.png"));
        var manifest = JsonNode.Parse(zip.GetEntry("manifest.json")!.Open())!;
        Assert.Equal((Id, Id, "bot.bufete.example"), ((string?)manifest["id"], (string?)manifest["bots"]![0]!["botId"], (string?)manifest["validDomains"]![0]));
        Assert.Equal("https://bot.bufete.example/privacidad", (string?)manifest["developer"]!["privacyUrl"]);
    }

    [Theory]
    [InlineData("--app-id", "no-es-guid", "--address", "https://bot.bufete.example")]
    [InlineData("--app-id", Id, "--address", "http://bot.bufete.example")]
    [InlineData("--app-id", Id)]
    public async Task A_package_that_Teams_would_refuse_is_not_written(params string[] options)
    {
        Assert.Equal(1, await PackageAsync(options));

        Assert.False(File.Exists(folder["app.zip"]));
    }

    [Fact]
    public async Task Microsoft_s_schema_has_nothing_against_the_manifest()
    {
        Assert.Equal(0, await PackageAsync("--app-id", Id, "--address", "https://bot.bufete.example"));
        ZipFile.ExtractToDirectory(folder["app.zip"], folder["app"]);

        Assert.Empty(await ValidateAsync(folder[Path.Combine("app", "manifest.json")]));

        var broken = JsonNode.Parse(await File.ReadAllTextAsync(folder[Path.Combine("app", "manifest.json")], TestContext.Current.CancellationToken))!;
        broken["packageName"] = "mx.example"; // the judge is awake: old members are refused
        await File.WriteAllTextAsync(folder["broken.json"], broken.ToJsonString(), TestContext.Current.CancellationToken);
        Assert.NotEmpty(await ValidateAsync(folder["broken.json"]));
    }

    private static (int Width, int Height) Size(ZipArchive zip, string name)
    {
        using var stream = zip.GetEntry(name)!.Open();
        var head = new byte[24];
        stream.ReadExactly(head);
        return (BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20)));
    }

    private static async Task<string[]> ValidateAsync(string manifest) =>
        [.. (await NodeOracle.AskAsync("teams-manifest", "validate.mjs", JsonNode.Parse(await File.ReadAllTextAsync(manifest, TestContext.Current.CancellationToken))!)).AsArray().Select(problem => (string)problem!)];
}
