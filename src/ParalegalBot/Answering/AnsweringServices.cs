using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ParalegalBot.Agents;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Answering.Replies;
using ParalegalBot.Answering.Screen;
using ParalegalBot.Configuration;
using ParalegalBot.Ingestion;
using ParalegalBot.Records;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Answering;

/// <summary>Registers stops 3 to 8. An engine (<c>IChatClient</c>), an encoder (<c>IEmbeddingGenerator</c>) and what <c>AddParalegalBot</c> registers must be there.</summary>
public static class AnsweringServices
{
    /// <summary>Registers search, screen, check and assistant; data is read from the folder manifests beside the program.</summary>
    public static IServiceCollection AddAnswering(this IServiceCollection services)
    {
        var manifests = Path.Combine(AppContext.BaseDirectory, "manifests");
        services.TryAddSingleton(_ => Vocabulary.Load(Path.Combine(manifests, "vocabulary", "thesaurus")));
        services.TryAddSingleton(_ => FusionWeights.Load(Path.Combine(manifests, "models", "fusion.json")));
        services.TryAddSingleton(provider => new LawDirectory(provider.GetRequiredService<StatuteStore>(), provider.GetRequiredService<StatuteCatalogue>().Names));
        services.AddPassageIndex();
        services.TryAddSingleton(provider => new WrittenQuestions(
            WrittenQuestions.Read(Path.Combine(manifests, "training", "questions.jsonl")), provider.GetRequiredService<Vocabulary>(), Encode(provider)));
        services.TryAddSingleton<PassageSearch>();

        services.TryAddSingleton(_ => ScreenVocabulary.Load(manifests));
        services.TryAddSingleton(_ => ScreenClassifier.Load(manifests));
        services.TryAddSingleton(provider => new QuestionScreen(provider.GetRequiredService<ScreenVocabulary>(), provider.GetRequiredService<ScreenClassifier>(), provider.GetRequiredService<StatuteStore>().Statutes));
        services.TryAddSingleton<PlantedInstructions>();
        services.TryAddSingleton<SelfDescription>();
        services.TryAddSingleton<Ambiguity>();
        services.TryAddSingleton(_ => EnglishWording.Load(Path.Combine(manifests, "vocabulary", "english.tsv")));
        services.TryAddSingleton<DraftWriter>();

        services.TryAddSingleton(provider => AnswerThresholds.Load(
            provider.GetRequiredService<IOptions<AnswersOptions>>().Value.Thresholds is { Length: > 0 } own ? own : Path.Combine(manifests, "evaluation", "thresholds.json")));
        services.TryAddSingleton(_ => PartyVocabulary.Load(Path.Combine(manifests, "vocabulary", "checks", "parties.tsv")));
        services.TryAddSingleton(_ => OppositesCheck.Load(Path.Combine(manifests, "vocabulary", "checks", "opposites.tsv")));
        services.TryAddSingleton(provider => new SupportScore(Idf(provider), provider.GetRequiredService<StatuteStore>().Find));
        services.TryAddSingleton(provider => ClaimChecks.All(provider.GetRequiredService<StatuteStore>().Find, provider.GetRequiredService<PartyVocabulary>(), provider.GetRequiredService<OppositesCheck>()));
        services.TryAddSingleton(provider => new ClaimSupport(
            provider.GetRequiredService<SupportScore>(), provider.GetRequiredService<AnswerThresholds>(), provider.GetService<IEntailmentModel>(),
            provider.GetRequiredService<IOptions<AnswersOptions>>().Value.Judge ? new ClaimJudge(provider.GetRequiredService<IChatClient>()) : null));
        services.TryAddSingleton<CitationCheck>();

        services.TryAddSingleton<StateMatter>();
        services.TryAddSingleton<RefusalWording>();
        services.TryAddSingleton<AnswerWording>();
        services.TryAddSingleton<AuditTrail>();
        services.TryAddSingleton<RecordAnswer>(provider => provider.GetRequiredService<AuditTrail>().RecordAsync);
        services.TryAddSingleton<LegalAssistant>();

        services.TryAddSingleton<StatuteTextSearch>();
        services.TryAddTransient(AgentKernel.Build);
        return services;
    }

    private static Func<string, float[]> Encode(IServiceProvider provider)
    {
        var encoder = provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        return text => encoder.GenerateVectorAsync(text).GetAwaiter().GetResult().ToArray();
    }

    private static Func<string, double> Idf(IServiceProvider provider)
    {
        var index = provider.GetRequiredService<IPassageIndex>();
        return term => index.Idf(term);
    }
}
