using ParalegalBot.Conversations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>leyes</c>: which laws are loaded, and up to when each text was verified.</summary>
public sealed class LawsCommand(StatuteStore store) : ICommand
{
    private const int MostListed = 20;

    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(
        CommandWords.Of(message.Text) is "leyes" or "laws" or "que leyes tienes" or "que leyes tiene" ? new TurnOutcome([List()]) : null);

    private BotMessage.Note List()
    {
        var laws = store.Statutes();
        var lines = laws.Take(MostListed).Select(law => law.VerifiedThrough is { } verified
            ? $"- {law.Abbreviation}: {law.Title} (verificada hasta el {SpanishDate.Long(verified)})"
            : $"- {law.Abbreviation}: {law.Title}");
        var more = laws.Count > MostListed ? $"\n… y {laws.Count - MostListed} más." : "";
        return laws.Count == 0
            ? new BotMessage.Note("Todavía no tengo leyes cargadas.")
            : new BotMessage.Note($"Tengo cargadas estas leyes:\n{string.Join('\n', lines)}{more}") { Links = [new NoteLink("Ver todas las leyes", "/leyes")] };
    }
}
