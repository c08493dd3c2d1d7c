using Microsoft.Extensions.AI;

namespace ParalegalBot.Answering;

/// <summary>
/// On whose behalf an engine is asked, under <see cref="Key"/> in the chat options: what stands in front of an engine needs it to be fair, to
/// keep budgets, and to say how long the wait is. Engines themselves never look at it.
/// </summary>
/// <param name="Person">As the channel names them; never logged in the clear.</param>
/// <param name="Progress">Gets short Spanish lines; null where nobody watches.</param>
public sealed record Asker(string Person, IProgress<string>? Progress)
{
    /// <summary>Key in <c>ChatOptions.AdditionalProperties</c>.</summary>
    public const string Key = "paralegal.asker";

    private static readonly Asker Nobody = new("anonymous", null);

    /// <summary>Who stands in the options; without an entry, nobody in particular.</summary>
    public static Asker Of(ChatOptions? options) =>
        options?.AdditionalProperties?.TryGetValue(Key, out var value) == true && value is Asker asker ? asker : Nobody;
}
