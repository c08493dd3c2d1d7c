using System.Text.Json;
using System.Text.RegularExpressions;
using ParalegalBot.Ingestion;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Ingestion;

public sealed partial class StarterSetTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;

    public StarterSetTests() => store = StatuteStore.Open(folder["statutes.db"]);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void It_fills_an_empty_store_only_and_never_counts_as_official()
    {
        var starter = new StarterSet(StatuteCatalogue.Load(), TimeProvider.System);

        Assert.True(starter.LoadIfEmpty(store));
        Assert.False(starter.LoadIfEmpty(store));

        Assert.All(store.Statutes(), statute => Assert.False(statute.Official));
        var passages = store.ReadForIndex().Select(row => row.Passage).ToList();
        Assert.All(passages, passage => Assert.False(passage.Official));
        Assert.Contains(passages, passage => passage.Id == "LFT/76/p1");
    }

    public static TheoryData<string> Laws => [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    private static string Folder => Path.Combine(Shared.Repository, "manifests", "corpora", "starter");

    /// <summary>A síntesis may leave out, never add: its articles exist, and its figures stand in the official text.</summary>
    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_article_exists_and_every_figure_stands_in_the_official_text(string law)
    {
        var source = SourceReader.Read(Shared.Need($"corpus/docx/{law}.docx"), IngestionLimits.Default);
        var official = StatuteParser.Parse(source, law).Articles.Where(article => !article.Transitory).ToLookup(article => article.Number.Key);
        using var starter = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{law}.json")));

        foreach (var article in starter.RootElement.GetProperty("articles").EnumerateArray())
        {
            var number = article.GetProperty("article").GetString()!;
            var text = official[ArticleNumber.KeyOf(number)].FirstOrDefault() ?? throw new InvalidOperationException($"{law} has no article {number}.");
            var figures = Figures(string.Join('\n', text.Passages.Select(passage => passage.Text)));
            // "primero de enero" is the 1st of January; in a síntesis only the digit counts, for "uno" is speech.
            figures.Add("1");
            foreach (var paragraph in article.GetProperty("paragraphs").EnumerateArray())
                Assert.True(Figures(paragraph.GetString()!).IsSubsetOf(figures),
                    $"{law} {number}: «{paragraph.GetString()}» says {string.Join(", ", Figures(paragraph.GetString()!).Except(figures))}, which the article does not.");
        }
    }

    /// <summary>Numbers in digits and in words, as values; one is proved by no one: "uno", "un" and "primero" are speech as often as numbers.</summary>
    private static HashSet<string> Figures(string text)
    {
        var folded = StatuteText.TitleKey(Thousands().Replace(text, ""));
        var words = folded.Split(' ');
        var figures = words.Where(word => word.Length > 0 && word.All(char.IsDigit)).ToHashSet();
        foreach (var word in words)
            if (Words.TryGetValue(word, out var value)) figures.Add(value);
        return figures;
    }

    private static readonly Dictionary<string, string> Words = new()
    {
        ["veintiuno"] = "21", ["veintidos"] = "22", ["veintitres"] = "23", ["veinticuatro"] = "24", ["veintiocho"] = "28",
        ["dos"] = "2", ["tres"] = "3", ["cuatro"] = "4", ["cinco"] = "5", ["seis"] = "6", ["siete"] = "7", ["ocho"] = "8", ["nueve"] = "9", ["diez"] = "10",
        ["once"] = "11", ["doce"] = "12", ["trece"] = "13", ["catorce"] = "14", ["quince"] = "15", ["dieciseis"] = "16", ["diecisiete"] = "17", ["dieciocho"] = "18",
        ["diecinueve"] = "19", ["veinte"] = "20", ["veinticinco"] = "25", ["treinta"] = "30", ["cuarenta"] = "40", ["cincuenta"] = "50", ["sesenta"] = "60",
        ["setenta"] = "70", ["ochenta"] = "80", ["noventa"] = "90", ["cien"] = "100", ["ciento"] = "100", ["doscientos"] = "200", ["trescientos"] = "300",
        ["cuatrocientos"] = "400", ["quinientos"] = "500", ["mil"] = "1000",
    };

    [GeneratedRegex(@"(?<=\d)[,.](?=\d{3}\b)")]
    private static partial Regex Thousands();
}
