using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;
using ParalegalBot.Records;

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
            var (readiness, limits, metrics) = (provider.GetRequiredService<Readiness>(), provider.GetRequiredService<PersonLimits>(), provider.GetRequiredService<AnswerMetrics>());
            var (service, time) = (provider.GetRequiredService<ServiceSwitch>(), provider.GetRequiredService<TimeProvider>());
            return async (question, progress, cancellationToken) =>
            {
                using var span = Stops.Begin("door")?.SetTag("channel", question.Channel);
                var began = time.GetTimestamp();
                try
                {
                    limits.Count(question);
                    await readiness.Opened.WaitAsync(cancellationToken); // a question that comes early waits for the laws
                    if (readiness.Reason is { } reason) throw new ParalegalBotException(reason);
                    var answer = await provider.GetRequiredService<LegalAssistant>().AnswerAsync(question with { Mode = service.Mode }, progress, cancellationToken);
                    metrics.Answered(question.Channel, answer, time.GetElapsedTime(began));
                    return answer;
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    metrics.Failed(question.Channel);
                    throw;
                }
            };
        });
        services.AddSingleton<Readiness>();
        services.AddHostedService<Housekeeping>();
        return services.AddHostedService<Opening>();
    }
}
