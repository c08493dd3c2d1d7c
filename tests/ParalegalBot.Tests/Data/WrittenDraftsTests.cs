using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Ingestion;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Evaluation;
using ParalegalBot.Tuning.Dataset;
using ParalegalBot.Tuning.Dataset.Gates;

namespace ParalegalBot.Tests.Data;

/// <summary>The answers that were written for this project with the paragraph in view.</summary>
public sealed class WrittenDraftsTests
{
    private static readonly DateOnly AsOf = new(2026, 12, 1);

    private static readonly string Training = Path.Combine(Shared.Repository, "manifests", "training");

    private static readonly IReadOnlyList<WrittenDraft> Drafts = WrittenDraft.Load(Path.Combine(Training, "drafts.jsonl"));

    [Fact]
    public void There_are_thousands_and_each_answers_another_written_question()
    {
        var questions = WrittenQuestions.Read(Path.Combine(Training, "questions.jsonl")).Select(question => (question.Law, question.ArticleKey, question.Text)).ToHashSet();

        Assert.True(Drafts.Count >= 2_850, $"{Drafts.Count} drafts");
        Assert.Equal(Drafts.Count, Drafts.Select(draft => draft.Key).Distinct().Count());
        Assert.All(Drafts, draft => Assert.Contains(draft.Key, questions));
    }

    [Fact]
    public void Every_claim_is_a_sentence_on_passages_of_the_article_that_is_asked_about() => Assert.All(Drafts, draft =>
    {
        Assert.InRange(draft.Claims.Count, 1, CitationCheck.MostClaims);
        Assert.All(draft.Claims, claim =>
        {
            Assert.Matches(@"^[\p{Lu}«¿""\d].{18,598}\.$", claim.Text);
            Assert.InRange(claim.Evidence.Count, 1, 3);
            Assert.All(claim.Evidence, evidence =>
            {
                Assert.StartsWith($"{draft.Law}/{draft.Article.Replace(' ', '-')}/", evidence.Passage);
                Assert.NotEmpty(evidence.Sentences);
            });
        });
    });

    [Fact]
    public async Task Every_draft_passes_the_gates_over_the_texts_of_all_laws_in_words_of_our_own()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var store = EvaluatedStore.Of(provider => provider.GetRequiredService<IngestionRun>().RunAsync([Shared.Need("corpus/docx")], new IngestionChoices()).ToBlockingEnumerable().Count());
        await store.Get<PassageSearch>().RankAsync(new SearchRequest("plazo", AsOf), 1, _ => false, cancellation);
        var gates = new ExampleGates(store.Get<CitationCheck>(), store.Get<LawDirectory>(), store.Get<StatuteStore>(), store.Get<QuestionScreen>(), AsOf);
        var reader = new ChunkReader(store.Get<StatuteStore>(), AsOf);
        var chunks = Drafts.Select(draft => draft.Law).Distinct().SelectMany(law => reader.Read(store.Get<StatuteStore>().Find(law)!)).ToDictionary(chunk => (chunk.Law.Abbreviation, chunk.Article.Number.Key));
        var failed = new ConcurrentBag<string>();

        await Parallel.ForEachAsync(Drafts, cancellation, async (draft, token) =>
        {
            var chunk = chunks[(draft.Law, ArticleNumber.KeyOf(draft.Article))];
            var example = new DatasetExample
            {
                Id = "draft", Origin = "written", Form = draft.Form, Style = draft.Style, Law = draft.Law, Article = draft.Article, Question = draft.Question,
                Draft = new Draft { Verdict = DraftVerdict.Answer, Claims = draft.Claims },
            };
            if (await gates.FailedAsync(chunk, example, token) is { } gate) failed.Add($"{gate}: {draft.Question}");
            else if (draft.Claims.Any(claim => claim.Evidence.Any(evidence => Copied(claim, evidence, chunk) > WrittenDraft.LongestRun))) failed.Add($"copied: {draft.Question}");
        });

        Assert.True(failed.IsEmpty, string.Join('\n', failed));
    }

    private static int Copied(DraftClaim claim, DraftEvidence evidence, Chunk chunk)
    {
        var sentences = chunk.Article.Passages.First(passage => passage.Id == evidence.Passage).Sentences;
        return SharedRun.Longest(claim.Text, string.Join(' ', evidence.Sentences.Select(number => sentences[number - 1])));
    }
}
