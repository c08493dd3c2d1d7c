using System.Globalization;
using System.Text;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary>Something that people can ask of the bot that is no question of law. Commands are asked in the order of their registration.</summary>
public interface ICommand
{
    /// <summary>What to reply; null where the message is not this command.</summary>
    ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken);
}

/// <summary>A command that needs nothing sent later, so that the chat page, which reaches nobody once it is closed, has it as well.</summary>
public interface IPageCommand : ICommand;

/// <summary>What a turn ends with.</summary>
/// <param name="Messages">What is said, in order.</param>
public sealed record TurnOutcome(IReadOnlyList<BotMessage> Messages)
{
    /// <summary>The question and its reply, where the conversation should remember them.</summary>
    public ParalegalBot.Conversations.Exchange? Exchange { get; init; }

    /// <summary>The person was forgotten: nothing of this turn may be tied to them.</summary>
    public bool Forgotten { get; init; }

    public static TurnOutcome Say(string text, params IReadOnlyList<string> choices) => new([new BotMessage.Note(text) { Choices = choices }]);
}

/// <summary>How commands read what was written.</summary>
public static class CommandWords
{
    /// <summary>Lower case, without accents, punctuation and double spaces: <c>¡Borrar  mis datos!</c> is <c>borrar mis datos</c>.</summary>
    public static string Of(string text)
    {
        return text.Length > 300 ? "" : Fold(text);
    }

    /// <summary>The same for a text of any length.</summary>
    public static string Fold(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            .Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        return string.Join(' ', string.Concat(plain).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
