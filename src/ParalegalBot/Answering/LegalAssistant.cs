namespace ParalegalBot.Answering;

/// <summary>The only orchestrator: a question in, an answer out, through stops 3 to 8.</summary>
public sealed class LegalAssistant
{
    /// <summary>Answers, or refuses with a reason; throws only where the environment is broken. <paramref name="progress"/> gets short Spanish lines.</summary>
    public Task<Answer> AnswerAsync(Question question, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        throw new NotImplementedException(question.Text);
}
