using ParalegalBot.Ingestion;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tests.Data;

/// <summary>manifests/vocabulary/thesaurus: what people say, the statutes' words for it, the laws it points to; and the table of spellings.</summary>
public sealed class ThesaurusTests
{
    private const string SpellingFile = "spelling.tsv";

    private static readonly string Folder = Path.Combine(Shared.Repository, "manifests", "vocabulary", "thesaurus");

    private static readonly IReadOnlyList<(string File, string[] Columns)> Rows = [.. Directory.EnumerateFiles(Folder, "*.tsv").Order()
        .SelectMany(file => File.ReadLines(file).Skip(1).Where(line => line.Length > 0).Select(line => (Path.GetFileName(file), line.Split('\t'))))];

    private static IEnumerable<string[]> Entries => Rows.Where(row => row.File != SpellingFile).Select(row => row.Columns);

    private static IEnumerable<string[]> Spellings => Rows.Where(row => row.File == SpellingFile).Select(row => row.Columns);

    [Fact]
    public void It_holds_eight_hundred_entries_of_four_columns()
    {
        Assert.All(Rows, row => Assert.True(row.Columns is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }, _], $"{row.File}: {string.Join(" | ", row.Columns)}"));
        Assert.All(Rows, row => Assert.All(row.Columns, column => Assert.Equal(column.Trim(), column)));
        Assert.True(Entries.Count() >= 800);
        Assert.All(Directory.EnumerateFiles(Folder, "*.tsv"), file => Assert.Equal("lay\tlegal\tlaws\tnote", File.ReadLines(file).First()));
    }

    [Fact]
    public void No_wording_stands_twice() =>
        Assert.Empty(Entries.Select(columns => SpanishAnalysis.Fold(columns[0])).CountBy(lay => lay).Where(lay => lay.Value > 1).Select(lay => lay.Key));

    [Fact]
    public void Every_law_that_it_points_to_is_in_the_catalogue()
    {
        var laws = StatuteCatalogue.Load().Entries.Select(entry => entry.Law).ToHashSet();

        Assert.All(Entries.Where(columns => columns[2] != "-"), columns => Assert.All(columns[2].Split(','), law => Assert.Contains(law, laws)));
    }

    [Fact]
    public void A_correction_is_one_step_and_leaves_right_words_alone()
    {
        var wrong = Spellings.Select(columns => SpanishAnalysis.Fold(columns[0])).ToList();
        Assert.Equal(wrong.Count, wrong.Distinct().Count());

        Assert.All(Spellings, columns =>
        {
            Assert.Single(SpanishAnalysis.Words(columns[0])); // corrected word by word
            Assert.All(SpanishAnalysis.Words(columns[1]), word => Assert.DoesNotContain(SpanishAnalysis.Fold(word), wrong));
        });
    }

    /// <summary>Questions are corrected before they are matched: a wording that the table of spellings rewrites could never be found.</summary>
    [Fact]
    public void Every_wording_can_be_matched_by_itself()
    {
        var vocabulary = Vocabulary.Load(Folder);

        Assert.All(vocabulary.Entries, entry => Assert.Contains(vocabulary.Match(vocabulary.Correct(entry.Lay)), found => found.Keys.SequenceEqual(entry.Keys)));
    }
}
