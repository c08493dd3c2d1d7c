using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Conversations;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>ayuda</c>: what the bot is, what it can do, and its commands.</summary>
public sealed class HelpCommand(IOptions<FirmOptions> firm) : ICommand
{
    /// <summary>Questions that a newcomer may start with.</summary>
    public static readonly IReadOnlyList<string> Starters =
    [
        "¿Cuántos días de vacaciones corresponden al primer año de trabajo?",
        "¿Qué dice el artículo 47 de la LFT?",
        "¿Qué plazo hay para presentar una demanda de amparo?",
    ];

    private const string Commands = "Además puede escribir: «leyes» para ver las que tengo cargadas, «privacidad» para saber cómo se usan sus datos, «borrar mis datos» para que los olvide, o «repetir» para recibir otra vez mi última respuesta.";

    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(
        CommandWords.Of(message.Text) is "ayuda" or "help" or "menu" or "inicio" or "start" ? new TurnOutcome([Welcome(firm.Value)]) : null);

    /// <summary>How the bot presents itself, with questions to start with.</summary>
    public static BotMessage.Note Welcome(FirmOptions firm) => new(string.Join("\n\n", [.. Introduction.Lines(firm), Commands])) { Choices = Starters };
}
