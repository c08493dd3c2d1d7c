using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Server.Articles;
using ParalegalBot.Server.WebChat;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Operations;

public static class Assistant
{
    /// <summary>The stores, the assistant, and what opens them before the first question.</summary>
    public static IServiceCollection AddAssistant(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddValidatedOptions<StoreOptions, StoreOptions.Rules>("Store")
        .AddValidatedOptions<RecordsOptions, RecordsOptions.Rules>("Records")
        .AddSingleton(provider => StatuteStore.Open(provider.GetRequiredService<IOptions<StoreOptions>>().Value.Path))
        .AddSingleton<LegalAssistant>()
        .AddSingleton<AnswerQuestion>(provider => provider.GetRequiredService<LegalAssistant>().AnswerAsync)
        .AddSingleton<LawOutlines>()
        .AddSingleton<Readiness>()
        .AddHostedService<Opening>();
}
