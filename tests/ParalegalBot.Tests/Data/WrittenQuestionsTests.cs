using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ParalegalBot.Evaluation;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Tests.Data;

/// <summary>The questions written for this project: those that retrieval learns from, and those of a tenth of the articles that nothing learns from.</summary>
public sealed partial class WrittenQuestionsTests
{
    private static readonly string[] Kinds =
        ["deadline", "amount", "right", "duty", "requirement", "procedure", "definition", "sanction", "competence", "exception", "other"];

    private static readonly IReadOnlyList<WrittenQuestion> Training = WrittenQuestions.Read(Path.Combine(Shared.Repository, "manifests", "training", "questions.jsonl"));

    private static readonly IReadOnlyList<WrittenQuestion> HeldOut = Cases("held-out.jsonl");

    /// <summary>Questions of the second writer that nothing learns from but the thresholds.</summary>
    private static readonly IReadOnlyList<WrittenQuestion> Calibration = Cases("calibration.jsonl");

    /// <summary>Questions of the second writer that the encoder never saw: the weights of the routes are fitted on them.</summary>
    private static readonly IReadOnlyList<WrittenQuestion> Kept = WrittenQuestions.Read(Path.Combine(Shared.Repository, "manifests", "training", "kept.jsonl"));

    private static IEnumerable<WrittenQuestion> All => Training.Concat(HeldOut).Concat(Calibration).Concat(Kept);

    [Fact]
    public void There_are_ten_thousand_on_four_thousand_articles_and_about_two_thirds_are_lay()
    {
        Assert.True(All.Count() >= 10_000);
        Assert.True(All.Select(Address).Distinct().Count() >= 4_000);
        Assert.InRange((double)All.Count(question => question.Style == "lay") / All.Count(), .58, .72);
    }

    [Fact]
    public void Every_kind_style_and_text_is_valid() => Assert.All(All, question =>
    {
        Assert.Contains(question.Kind, Kinds);
        Assert.Contains(question.Style, (string[])["lay", "formal"]);
        Assert.InRange(question.Text.Length, 8, 400);
        Assert.Equal(question.Text.Trim(), question.Text);
    });

    [Fact]
    public void Every_article_exists()
    {
        var known = new Dictionary<string, HashSet<string>>();

        Assert.All(All, question =>
        {
            if (!known.TryGetValue(question.Law, out var keys)) known[question.Law] = keys = Keys(question.Law);
            Assert.True(keys.Contains(question.ArticleKey), $"{question.Law} has no article {question.Article}: {question.Text}");
        });
    }

    [Fact]
    public void A_tenth_of_the_articles_is_held_out_and_nothing_learns_from_them()
    {
        Assert.All(Training.Concat(Calibration).Concat(Kept), question => Assert.False(IsHeldOut(question), $"{question.Law} {question.Article} is held out: {question.Text}"));
        Assert.All(HeldOut, question => Assert.True(IsHeldOut(question), $"{question.Law} {question.Article} is not held out: {question.Text}"));
        Assert.InRange((double)HeldOut.Select(Address).Distinct().Count() / All.Select(Address).Distinct().Count(), .07, .13);
    }

    [Fact]
    public void No_question_names_the_number_of_its_article() => Assert.All(All, question =>
    {
        var value = new ArticleNumber(question.Article).Value;
        Assert.DoesNotContain(NamedArticle().Matches(question.Text), match => int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) == value);
    });

    [Fact]
    public void No_two_questions_are_the_same_or_nearly() =>
        Assert.Empty(NearDuplicates([.. All.Select(question => question.Text)], .8));

    [Fact]
    public void No_question_is_close_to_a_case_of_the_development_set()
    {
        var cases = EvaluationCase.Load(Shared.Need("questions/dev.jsonl")).Select(item => Words(item.Question)).ToList();

        Assert.All(All, question =>
        {
            var words = Words(question.Text);
            Assert.True(cases.TrueForAll(other => Jaccard(words, other) < .6), $"{question.Law} {question.Article}: {question.Text}");
        });
    }

    private static IReadOnlyList<WrittenQuestion> Cases(string file) => [.. EvaluationCase.Load(Path.Combine(Shared.Repository, "manifests", "evaluation", file))
        .Where(written => written.Gold.Count > 0).Select(written => new WrittenQuestion(written.Gold.Single().Law, written.Gold.Single().Article, null, written.Kind, written.Style, written.Question))];

    private static (string, string) Address(WrittenQuestion question) => (question.Law, question.ArticleKey);

    /// <summary>FNV-1a of law and key, so that it never changes with the order of the file.</summary>
    private static bool IsHeldOut(WrittenQuestion question)
    {
        var hash = 2166136261u;
        foreach (var c in $"{question.Law}|{question.ArticleKey}") hash = (hash ^ c) * 16777619u;
        return hash % 10 == 0;
    }

    private static HashSet<string> Keys(string law)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Shared.Need($"corpus/articles/{law}.json")));
        return [.. json.RootElement.GetProperty("articles").EnumerateArray().Select(key => ArticleNumber.KeyOf(key.GetString()!))];
    }

    private static HashSet<string> Words(string text) => [.. SpanishAnalysis.Words(text).Select(SpanishAnalysis.Fold)];

    private static double Jaccard(HashSet<string> one, HashSet<string> other)
    {
        var common = one.Count(other.Contains);
        return (double)common / (one.Count + other.Count - common);
    }

    /// <summary>Pairs whose word sets overlap by the limit. Two such sets share one of their rarest words, so only those are looked up.</summary>
    private static IEnumerable<string> NearDuplicates(IReadOnlyList<string> texts, double limit)
    {
        var sets = texts.Select(Words).ToList();
        var frequency = sets.SelectMany(set => set).CountBy(word => word).ToDictionary();
        var seen = new Dictionary<string, List<int>>();
        for (var i = 0; i < sets.Count; i++)
        {
            var rarest = sets[i].OrderBy(word => frequency[word]).ThenBy(word => word, StringComparer.Ordinal).Take(sets[i].Count - (int)Math.Ceiling(limit * sets[i].Count) + 1).ToList();
            foreach (var other in rarest.SelectMany(word => seen.GetValueOrDefault(word, [])).Distinct().Where(other => Jaccard(sets[i], sets[other]) >= limit))
                yield return $"«{texts[other]}» and «{texts[i]}»";
            foreach (var word in rarest)
            {
                if (!seen.TryGetValue(word, out var places)) seen[word] = places = [];
                places.Add(i);
            }
        }
    }

    [GeneratedRegex(@"\bart(?:[ií]?culo)?s?\.?\s*(?<number>\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex NamedArticle();
}
