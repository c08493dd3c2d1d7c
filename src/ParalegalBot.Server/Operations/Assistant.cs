using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;

namespace ParalegalBot.Server.Operations;

public static class Assistant
{
    /// <summary>The library with the embedded defaults, and what opens it before the first question.</summary>
    public static IServiceCollection AddAssistant(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddParalegalBot(configuration);
        services.AddAnswering();
        services.AddInference();
#if ONPREM
        OnPrem.OnPremServices.AddOnPrem(services);
#endif
        services.AddSingleton<AnswerQuestion>(provider =>
        {
            var readiness = provider.GetRequiredService<Readiness>();
            return async (question, progress, cancellationToken) =>
            {
                await readiness.Opened.WaitAsync(cancellationToken); // a question that comes early waits for the laws
                if (readiness.Reason is { } reason) throw new ParalegalBotException(reason);
                return await provider.GetRequiredService<LegalAssistant>().AnswerAsync(question, progress, cancellationToken);
            };
        });
        services.AddSingleton<Readiness>();
        return services.AddHostedService<Opening>();
    }
}
