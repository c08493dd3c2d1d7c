using System.Globalization;
using ParalegalBot.Conversations;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary><c>mis datos</c>, <c>no guardar</c> and <c>corregir mis datos …</c>: the rights of access, opposition and rectification by chat.</summary>
public sealed class RightsCommand(DataRights rights, TimeProvider time) : IPageCommand
{
    private const int Shown = 10;
    private const string Correct = "corregir mis datos";

    public ValueTask<TurnOutcome?> TryAsync(Incoming message, CancellationToken cancellationToken)
    {
        var words = CommandWords.Of(message.Text);
        return ValueTask.FromResult(words switch
        {
            "mis datos" or "ver mis datos" or "que datos tienes de mi" => TurnOutcome.Say(Held(rights.Access(message.PersonKey, message.Channel))),
            "no guardar" or "no guardes mis preguntas" or "me opongo" => Oppose(message),
            _ when words.StartsWith(Correct, StringComparison.Ordinal) => Rectify(message),
            _ => null,
        });
    }

    private string Held(IReadOnlyList<AuditRow> rows)
    {
        var questions = rows.Where(row => row is { Erased: false, Outcome: not AuditEntry.NoteOutcome }).ToList();
        if (questions.Count == 0) return "No guardo preguntas suyas.";
        var last = questions.TakeLast(Shown).Select(row => string.Create(CultureInfo.InvariantCulture, $"• {TimeZoneInfo.ConvertTime(row.At, time.LocalTimeZone):yyyy-MM-dd}: {row.Question}"));
        return $"Guardo {questions.Count} de sus preguntas, con sus respuestas{(questions.Count > Shown ? $"; éstas son las últimas {Shown}" : "")}:\n{string.Join('\n', last)}\n\nPara una copia completa escriba al despacho; para que las borre, escriba «borrar mis datos».";
    }

    private TurnOutcome Oppose(Incoming message)
    {
        rights.Oppose(message.PersonKey, message.Channel);
        return TurnOutcome.Say("Entendido: en adelante queda constancia de que preguntó, pero no de qué preguntó ni de qué le respondí. Para borrar lo anterior escriba «borrar mis datos».");
    }

    private TurnOutcome Rectify(Incoming message)
    {
        var request = rights.Receive(DataRight.Rectification, message.PersonKey, message.Channel, message.Text.Trim()[Correct.Length..].Trim(" :,.".ToCharArray()));
        return TurnOutcome.Say($"Recibí su solicitud de corrección ({request.Id}). Una persona del despacho le responderá a más tardar el {SpanishDate.Long(request.AnswerBy)}.");
    }
}
