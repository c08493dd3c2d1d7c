using System.Text.RegularExpressions;
using ParalegalBot.Conversations;
using ParalegalBot.Records;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>avísame si cambia el artículo 76 LFT</c>, its opposite <c>deja de avisarme del artículo 76 LFT</c>, and the list <c>mis avisos</c>.</summary>
public sealed partial class FollowCommand(Follows follows, Contacts contacts, LawDirectory directory, StatuteStore store, TimeProvider time) : ICommand
{
    private readonly ReferenceResolver resolver = new(store);

    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken) => ValueTask.FromResult(Try(message, CommandWords.Of(message.Text)));

    private TurnOutcome? Try(Incoming message, string words)
    {
        if (words is "mis avisos" or "que articulos sigo" or "avisos") return TurnOutcome.Say(List(message));
        var stop = Stopping().IsMatch(words);
        if (!stop && !Asking().IsMatch(words)) return null;
        if (message.Group) return TurnOutcome.Say("Para recibir avisos, escríbame en una conversación privada.");
        var found = directory.Parse(message.Text).Where(reference => reference.Article is not null)
            .Select(reference => resolver.Resolve(reference, DateOnly.FromDateTime(time.GetLocalNow().DateTime))).FirstOrDefault();
        if (found is null) return TurnOutcome.Say("Dígame qué artículo y de qué ley, por ejemplo: «avísame si cambia el artículo 76 LFT».");
        return found switch
        {
            { Article: { } article } when stop => Stop(message, article),
            { Article: { } article } => Follow(message, article),
            { Status: ReferenceStatus.LawMissing } => TurnOutcome.Say("¿De qué ley? Escríbalo así: «avísame si cambia el artículo 76 LFT»."),
            { Status: ReferenceStatus.LawNotLoaded } => TurnOutcome.Say("Esa ley no está cargada, así que no puedo vigilarla. Escriba «leyes» para ver las que sí."),
            _ => TurnOutcome.Say("No encontré ese artículo en el texto cargado de la ley; revise el número."),
        };
    }

    private TurnOutcome Follow(Incoming message, Article article)
    {
        var latest = store.Article(article.Law, article.Number.Printed) ?? article;
        if (!follows.Add(message.Channel, message.PersonKey, latest.Law, latest.Number.Printed, ArticleChange.Fingerprint(latest)))
            return TurnOutcome.Say($"Ya sigue {Follows.Most} artículos, que es el máximo. Escriba «mis avisos» para verlos y «deja de avisarme del artículo…» para quitar alguno.");
        contacts.Silence(message.Channel, message.PersonKey, silent: false);
        return new TurnOutcome([new BotMessage.Note(
            $"Listo: le avisaré por aquí si cambia el artículo {latest.Number.Printed} de la {latest.Law} en las leyes cargadas. Para ver lo que sigue escriba «mis avisos»; para no recibir más, «alto».")
        {
            Links = [new NoteLink($"Ver art. {latest.Number.Printed}", Articles.Links.Article(latest.Law, latest.Number))],
        }]);
    }

    private TurnOutcome Stop(Incoming message, Article article) => TurnOutcome.Say(
        follows.Remove(message.Channel, message.PersonKey, article.Law, article.Number.Printed)
            ? $"Listo: ya no le avisaré del artículo {article.Number.Printed} de la {article.Law}."
            : $"No seguía el artículo {article.Number.Printed} de la {article.Law}.");

    private string List(Incoming message) => follows.Of(message.Channel, message.PersonKey) is { Count: > 0 } followed
        ? $"Le aviso si cambian:\n{string.Join('\n', followed.Select(article => $"- art. {article.Article}, {article.Law}"))}"
        : "No sigue ningún artículo. Escriba, por ejemplo: «avísame si cambia el artículo 76 LFT».";

    [GeneratedRegex(@"^(?:por favor )?(?:(?:quiero|quisiera|puede|puedes|podria|podrias) )?(?:que me )?(?:avisa(?:me|rme)|avise(?:me|nme|s|n)?|notifica(?:me|rme)|notifique(?:me|nme|s|n)?) (?:cuando|si|por favor si) .*(?:cambi|reform|modific|derog)|^(?:sigue|siga|seguir|quiero seguir) (?:el |al )?(?:articulo|art) ")]
    private static partial Regex Asking();

    [GeneratedRegex(@"^(?:por favor )?(?:(?:deja|deje|dejen) de (?:avisarme|notificarme|seguir)|ya no me avise[ns]?|no me avise[ns]? mas|quita(?:r)? (?:el )?aviso|dejar de seguir) ")]
    private static partial Regex Stopping();
}
