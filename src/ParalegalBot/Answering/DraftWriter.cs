using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ParalegalBot.Answering;

/// <summary>Stop 6: asks the engine for a draft. Output that has not the form asked for is asked for once more, then it is a failure.</summary>
public sealed class DraftWriter(IChatClient engine)
{
    /// <summary>The draft.</summary>
    /// <exception cref="JsonException">The engine twice wrote something else.</exception>
    /// <exception cref="EngineUnavailableException">There was no engine to be had.</exception>
    public async Task<Draft> WriteAsync(GroundedPrompt prompt, Asker asker, CancellationToken cancellationToken = default)
    {
        prompt.Options.AdditionalProperties![Asker.Key] = asker;
        var response = await engine.GetResponseAsync(prompt.Messages, prompt.Options, cancellationToken).ConfigureAwait(false);
        try
        {
            return Read(response.Text);
        }
        catch (JsonException fault)
        {
            var again = await engine.GetResponseAsync(prompt.Retry(response.Text, fault.Message), prompt.Options, cancellationToken).ConfigureAwait(false);
            return Read(again.Text);
        }
    }

    /// <summary>Reads the JSON; words around the outermost braces are passed over.</summary>
    private static Draft Read(string text)
    {
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (start < 0 || end < start) throw new JsonException("no JSON object");
        var draft = JsonSerializer.Deserialize<Draft>(text[start..(end + 1)]) ?? throw new JsonException("null");
        if (draft.Claims is null || draft.Claims.Any(claim => claim?.Text is null || claim.Evidence is null || claim.Evidence.Any(evidence => evidence?.Passage is null || evidence.Sentences is null)))
            throw new JsonException("a claim lacks text or evidence");
        return draft.Verdict is DraftVerdict.Answer && draft.Claims.Count == 0 ? draft with { Verdict = DraftVerdict.Insufficient } : draft;
    }
}
