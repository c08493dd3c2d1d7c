using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;

namespace ParalegalBot.Records;

/// <summary>Forgets what the policy (<c>Records:AnswerDays</c>, <c>Records:ConversationDays</c>) says is too old; rows and chain stay, their content goes.</summary>
public sealed class Retention(AuditLog audit, ConversationStore conversations, FeedbackStore feedback, IOptions<RecordsOptions> options, TimeProvider time)
{
    /// <summary>Applies the policy; returns how many rows of the log were emptied and how many turns were forgotten. Ratings go with the answers.</summary>
    public (int Answers, int Turns) Apply()
    {
        if (options.Value.AnswerDays > 0) feedback.DeleteBefore(Ago(options.Value.AnswerDays));
        return (
            options.Value.AnswerDays == 0 ? 0 : audit.EmptyBefore(Ago(options.Value.AnswerDays)),
            options.Value.ConversationDays == 0 ? 0 : conversations.DeleteBefore(Ago(options.Value.ConversationDays)));
    }

    private DateTimeOffset Ago(int days) => time.GetUtcNow() - TimeSpan.FromDays(days);
}
