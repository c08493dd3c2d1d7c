using Microsoft.Extensions.AI;
using ParalegalBot.Answering.Figures;

namespace ParalegalBot.Tuning.Dataset.Gates;

/// <summary>Whether a model says the answer without having seen the passage: such a pair teaches to remember, not to read.</summary>
internal static class ClosedBookLeak
{
    /// <summary>True where the model's answer holds every figure of the draft; a draft without figures cannot be told.</summary>
    public static async Task<bool> LeaksAsync(IChatClient model, DatasetExample example, CancellationToken cancellationToken)
    {
        var wanted = example.Draft.Claims.SelectMany(claim => SpanishNumbers.Find(claim.Text)).Where(figure => figure.Kind is not (FigureKind.Reference or FigureKind.Ordinal)).ToList();
        if (wanted.Count == 0) return false;
        var response = await model.GetResponseAsync([new ChatMessage(ChatRole.User, example.Question)], new ChatOptions { Temperature = 0 }, cancellationToken).ConfigureAwait(false);
        var said = SpanishNumbers.Find(response.Text);
        return wanted.TrueForAll(figure => said.Any(figure.IsSaidBy));
    }
}
