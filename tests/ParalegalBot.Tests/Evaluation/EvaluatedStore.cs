using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Configuration;
using ParalegalBot.Evaluation;
using ParalegalBot.Inference;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Evaluation;

/// <summary>The shipped assistant with the extractive engine over a store of its own.</summary>
internal sealed class EvaluatedStore : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly ServiceProvider provider;

    private EvaluatedStore(Action<IServiceProvider> fill)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<RecordAnswer>((_, _, _) => ValueTask.FromResult("id"));
        services.AddParalegalBot(new ConfigurationBuilder().AddInMemoryCollection([new("Store:Path", folder["statutes.db"]), new("Records:Path", folder["records.db"])]).Build());
        services.AddInference();
        services.AddAnswering();
        provider = services.BuildServiceProvider();
        fill(provider);
    }

    public static EvaluatedStore Of(Action<IServiceProvider> fill) => new(fill);

    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();

    /// <summary>Every case through the assistant as it ships.</summary>
    public Task<IReadOnlyList<CaseResult>> RunAsync(IReadOnlyList<EvaluationCase> cases) => RunAsync(cases, Get<LegalAssistant>());

    /// <summary>Every case with everything shown that was proved, as calibration runs.</summary>
    public Task<IReadOnlyList<CaseResult>> RunShowingAllAsync(IReadOnlyList<EvaluationCase> cases) => RunAsync(cases, ActivatorUtilities.CreateInstance<LegalAssistant>(
        provider, new CitationCheck(Get<IReadOnlyList<IClaimCheck>>(), new ClaimSupport(Get<SupportScore>(), AnswerThresholds.ShowAll), AnswerThresholds.ShowAll), AnswerThresholds.ShowAll));

    public void Dispose()
    {
        provider.Dispose();
        folder.Dispose();
    }

    private static Task<IReadOnlyList<CaseResult>> RunAsync(IReadOnlyList<EvaluationCase> cases, LegalAssistant assistant) =>
        EvaluationRun.RunAsync(cases, (question, cancellationToken) => assistant.AnswerAsync(question, cancellationToken: cancellationToken), null, null, TestContext.Current.CancellationToken);
}
