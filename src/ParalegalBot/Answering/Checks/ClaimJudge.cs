using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ParalegalBot.Answering.Checks;

/// <summary>
/// Asks the language model whether cited sentences support a claim. Only <c>{"supported": true}</c> counts as a yes: another answer, none, or a failure is a no.
/// </summary>
public sealed class ClaimJudge(IChatClient engine)
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""{"type":"object","properties":{"supported":{"type":"boolean"}},"required":["supported"],"additionalProperties":false}""").RootElement;

    /// <summary>Whether the model says so.</summary>
    public async ValueTask<bool> SupportsAsync(ClaimUnderCheck claim, CancellationToken cancellationToken)
    {
        var prompt = PromptFunctions.Render("judge", ("evidence", claim.EvidenceText), ("claim", claim.Text));
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 20, ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "verdict") };
        try
        {
            var response = await engine.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, cancellationToken).ConfigureAwait(false);
            return JsonDocument.Parse(response.Text).RootElement.TryGetProperty("supported", out var supported) && supported.ValueKind is JsonValueKind.True;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return false;
        }
    }
}
