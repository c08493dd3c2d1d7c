using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Conversations;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary>
/// <c>hablar con un abogado</c>: hands the person over to a human, with their consent. It is also offered after an urgency or two refusals in a row;
/// an offer lapses with the next message that is no yes. While a case is open what the person writes is added to it.
/// </summary>
public sealed partial class HandOverCommand(HandOvers handOvers, ConversationStore conversations, IOptions<FirmOptions> firm) : ICommand
{
    private const int Shown = 10;
    private const string Consent = "Sí, de acuerdo";
    private const string Decline = "No, gracias";

    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(Try(message, CommandWords.Of(message.Text)));

    /// <summary>The offer that follows a reply: after an urgency, or two refusals in a row; null where none is due.</summary>
    public BotMessage? After(Incoming message, Reply reply)
    {
        if (message.Group || WhyAfter(message, reply) is not { } reason) return null;
        return handOvers.Offer(message.Channel, message.PersonKey, message.Lane, message.Address, reason) ? Question("¿Quiere que una persona del despacho vea su asunto?") : null;
    }

    private TurnOutcome? Try(Incoming message, string words)
    {
        var asks = Asking().IsMatch(words);
        if (message.Group) return asks ? TurnOutcome.Say("Para pasar su asunto a una persona del despacho, escríbame en una conversación privada.") : null;
        switch (handOvers.Current(message.Channel, message.PersonKey))
        {
            case { State: HandOverState.Offered } offered when Yes().IsMatch(words):
                handOvers.Open(offered.Id, Transcript(message));
                return TurnOutcome.Say(
                    $"Listo: abrí el caso {offered.Id}. Una persona de {firm.Value.Name} lo verá con esta conversación y le responderá por aquí. "
                    + "Mientras tanto puede seguir preguntándome; lo que escriba se agrega al caso. Para cerrarlo escriba «cerrar caso».");
            case { State: HandOverState.Offered } offered:
                handOvers.Withdraw(offered.Id);
                if (words is "no" or "no gracias") return TurnOutcome.Say("De acuerdo, no comparto su conversación con nadie. Seguimos por aquí.");
                break;
            case { State: HandOverState.Open } open when words is "cerrar caso" or "cerrar el caso" or "cerrar mi caso":
                handOvers.Close(open.Id);
                return TurnOutcome.Say($"Cerré su caso {open.Id}.");
            case { State: HandOverState.Open } open:
                handOvers.Add(open.Id, new HandOverLine(HandOverSide.Person, "", message.Text));
                return asks ? TurnOutcome.Say($"Su caso {open.Id} sigue abierto: agregué su mensaje y una persona de {firm.Value.Name} le responderá por aquí.") : null;
        }
        if (!asks) return null;
        handOvers.Offer(message.Channel, message.PersonKey, message.Lane, message.Address, "lo pidió");
        return new TurnOutcome([Question("Con gusto paso su asunto a una persona del despacho.")]);
    }

    private string? WhyAfter(Incoming message, Reply reply) =>
        reply.Reason == "emergency" || Urgent().IsMatch(CommandWords.Of(message.Text)) ? "urgencia"
        : reply.Outcome == "refused" && conversations.Exchanges(message.Remembered) is [.., { Reply.Outcome: "refused" }] ? "dos preguntas seguidas sin respuesta"
        : null;

    private BotMessage.Note Question(string opening)
    {
        var who = firm.Value.ResponsibleLawyer.Length > 0 ? $"{firm.Value.ResponsibleLawyer} o alguien de su equipo" : $"una persona de {firm.Value.Name}";
        return new BotMessage.Note($"{opening} Para eso {who} leería esta conversación y sus mensajes siguientes. ¿Está de acuerdo?") { Choices = [Consent, Decline] };
    }

    private IReadOnlyList<HandOverLine> Transcript(Incoming message) =>
        [.. conversations.Exchanges(message.Remembered).TakeLast(Shown).SelectMany(exchange => new[]
        {
            new HandOverLine(HandOverSide.Person, "", exchange.Question),
            new HandOverLine(HandOverSide.Bot, "", exchange.Reply.Text),
        })];

    // The whole message must ask for it: «¿tengo derecho a hablar con un abogado si me detienen?» is a question of law.
    [GeneratedRegex(@"^(?:(?:por favor|hola|buen[oa]s \w+) )*(?:(?:quiero|quisiera|necesito|deseo|prefiero|puedo|me gustaria|solicito|pido) (?:que )?)?(?:(?:hablar|platicar|contactar|comunicarme|comuniqueme|comunicame|comuniquenme|me comuniquen|paseme|pasame|pasenme|me pasen|consultar) (?:directamente )?(?:con |a )?)?(?:(?:un|una|el|la|mi|alguna|algun) )?(?:abogad[oa]|licenciad[oa]|human[oa]|persona|asesora?)(?: (?:responsable|real|del despacho|humana|de verdad|por favor|urgente))*$")]
    private static partial Regex Asking();

    [GeneratedRegex(@"^(?:si|acepto|de acuerdo|claro)(?: (?:si|acepto|de acuerdo|por favor|gracias|claro|estoy de acuerdo))*$")]
    private static partial Regex Yes();

    [GeneratedRegex(@"\b(?:urgente|urgencia|emergencia)\b")]
    private static partial Regex Urgent();
}
