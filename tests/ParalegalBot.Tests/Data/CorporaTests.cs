using System.Text.Json;
using ParalegalBot.Answering.Screen;
using ParalegalBot.Ingestion;

namespace ParalegalBot.Tests.Data;

/// <summary>manifests/corpora: where the laws are officially published, and whom a person in danger may call.</summary>
public sealed class CorporaTests
{
    private static readonly string Manifests = Path.Combine(Shared.Repository, "manifests");

    private static readonly StatuteCatalogue Catalogue = StatuteCatalogue.Load(Path.Combine(Manifests, "corpora", "laws.json"));

    [Fact]
    public void Abbreviations_and_addresses_are_unique_and_every_address_is_official()
    {
        Assert.Equal(Catalogue.Entries.Count, Catalogue.Entries.Select(entry => entry.Law).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(Catalogue.Entries.Count, Catalogue.Entries.Select(entry => entry.Url).Distinct().Count());
        Assert.All(Catalogue.Entries, entry =>
        {
            var address = new Uri(entry.Url!);
            Assert.Equal(("https", "www.diputados.gob.mx"), (address.Scheme, address.Host));
            Assert.StartsWith("/LeyesBiblio/", address.AbsolutePath, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Digests_are_those_of_the_official_files()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Shared.Need("corpus/manifest.json")));
        var official = manifest.RootElement.GetProperty("laws").EnumerateArray()
            .SelectMany(law => law.GetProperty("files").EnumerateArray().Select(file => (Law: law.GetProperty("abbr").GetString()!, File: file)))
            .Where(item => item.File.GetProperty("path").GetString()!.StartsWith("official/", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(official);
        Assert.All(official, item => Assert.Equal(item.File.GetProperty("sha256").GetString(), Catalogue.Find(item.Law)?.Sha256));
    }

    [Fact]
    public void Every_help_line_has_a_number_a_reason_and_the_day_on_which_it_was_verified()
    {
        var tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1);
        var lines = ScreenVocabulary.Load(Manifests).Helplines;

        Assert.All(lines, line =>
        {
            Assert.Matches(@"^[*\d][\d ]+$", line.Number);
            Assert.NotEmpty(line.Note);
            Assert.NotEmpty(line.For);
            Assert.InRange(line.Verified, new DateOnly(2026, 1, 1), tomorrow);
        });
        Assert.Superset(new HashSet<string> { "violence", "self_harm" }, lines.SelectMany(line => line.For).ToHashSet());
    }
}
