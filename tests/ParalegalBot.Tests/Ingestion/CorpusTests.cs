using System.Text.Json;
using ParalegalBot.Ingestion;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Ingestion;

/// <summary>The parser over real laws, which lie beside the repository and are never part of it.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> EightLaws => ["LFT", "CPEUM", "CCF", "LFPC", "LFPDPPP", "LAmp", "CPF", "LGSM"];

    [Theory]
    [MemberData(nameof(EightLaws))]
    public void PDF_and_DOCX_yield_the_same_articles_words_units_and_validity(string law)
    {
        var pdf = StatuteParser.Parse(SourceReader.Read(Shared.Need($"corpus/official/{law}/{law}.pdf"), IngestionLimits.Default), law);
        var docx = StatuteParser.Parse(SourceReader.Read(Shared.Need($"corpus/docx/{law}.docx"), IngestionLimits.Default), law);

        Assert.Equal(Expected(law), Keys(pdf));
        Assert.Equal(Expected(law), Keys(docx));
        Assert.Equal((docx.Title, docx.Published, docx.LastReform), (pdf.Title, pdf.Published, pdf.LastReform));
        Assert.Equal(docx.Articles.Select(article => article.Number.Key), pdf.Articles.Select(article => article.Number.Key));
        Assert.Equal(docx.Articles.Select(article => article.Validity), pdf.Articles.Select(article => article.Validity));
        Assert.All(pdf.Articles.SelectMany(article => article.Passages), passage => Assert.NotNull(passage.Page));

        var pairs = pdf.Articles.Zip(docx.Articles).ToList();
        Assert.True(Share(pairs, pair => SortedLetters(pair.First) == SortedLetters(pair.Second)) > 0.998);
        Assert.True(Share(pairs, pair => pair.First.Passages.Select(Id).SequenceEqual(pair.Second.Passages.Select(Id))) > 0.99);
    }

    [Fact]
    public void All_laws_yield_the_articles_of_the_key_lists()
    {
        int wanted = 0, missing = 0, extra = 0, duplicates = 0;
        foreach (var file in Directory.EnumerateFiles(Shared.Need("corpus/docx"), "*.docx"))
        {
            var law = Path.GetFileNameWithoutExtension(file);
            var parsed = StatuteParser.Parse(SourceReader.Read(file, IngestionLimits.Default), law);
            var (expected, keys) = (Expected(law), Keys(parsed));
            wanted += expected.Count;
            missing += expected.Except(keys).Count();
            extra += keys.Except(expected).Count();
            duplicates += parsed.Articles.SelectMany(article => article.Passages).GroupBy(passage => passage.Id).Count(group => group.Count() > 1);
        }

        Assert.True(wanted > 33_000);
        Assert.Equal(0, duplicates);
        Assert.Equal(0, missing);
        Assert.InRange(extra, 0, 12); // read and decided: articles in words, suppressed articles in brackets, 78 Novodecies
    }

    private static string Id(Passage passage) => passage.Id;

    private static List<string> Keys(StatuteDocument law) => [.. law.Articles.Where(article => !article.Transitory).Select(article => article.Number.Key)];

    private static double Share<T>(List<T> all, Func<T, bool> holds) => (double)all.Count(holds) / all.Count;

    /// <summary>Letters and digits without their order: the cells of a table are read row by row in one format and line by line in the other.</summary>
    private static string SortedLetters(Article article) =>
        new([.. (article.Heading + string.Concat(article.Passages.Select(passage => passage.Text))).Where(char.IsLetterOrDigit).Order()]);

    private static List<string> Expected(string law)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Shared.Need($"corpus/articles/{law}.json")));
        return [.. json.RootElement.GetProperty("articles").EnumerateArray().Select(key => ArticleNumber.KeyOf(key.GetString()!))];
    }
}
