using System.Globalization;
using FluentValidation;
using ParalegalBot.Answering;

namespace ParalegalBot.Server.WebChat;

/// <summary>The body of a question, as it comes: everything may be missing.</summary>
public sealed record AskRequest(string? Text, IReadOnlyList<AskRequest.TurnBody?>? History, string? AsOf, string? State)
{
    /// <summary>One earlier turn.</summary>
    public sealed record TurnBody(string? Role, string? Text);

    /// <summary>The question; only after <see cref="Rules"/> found nothing wrong.</summary>
    public Question ToQuestion(string channel, string person) => new()
    {
        Text = Text!.Trim(),
        History = [.. (History ?? []).Select(turn => new Turn(turn!.Role!, turn.Text!))],
        AsOf = string.IsNullOrWhiteSpace(AsOf) ? null : ReadDate(AsOf),
        State = string.IsNullOrWhiteSpace(State) ? null : State.Trim(),
        Channel = channel,
        Person = person,
    };

    private static DateOnly? ReadDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>What a door lets through; what a question means is the assistant's business.</summary>
    public sealed class Rules : AbstractValidator<AskRequest>
    {
        /// <summary>Characters of a question or of an earlier turn.</summary>
        public const int MaxText = 8000;

        /// <summary>Earlier turns.</summary>
        public const int MaxTurns = 40;

        private static readonly DateOnly Earliest = new(1821, 1, 1);
        private static readonly DateOnly Latest = new(2100, 12, 31);

        public Rules()
        {
            RuleFor(body => body.Text).Cascade(CascadeMode.Stop)
                .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage("La pregunta («text») está vacía: escriba qué desea saber.")
                .MaximumLength(MaxText).WithMessage($"La pregunta («text») tiene {{TotalLength}} caracteres y el máximo es {MaxText}: resúmala.")
                .Must(IsPlain).WithMessage("La pregunta («text») contiene caracteres de control: envíe solo texto.");
            RuleFor(body => body.History).Must(history => history is null || history.Count <= MaxTurns)
                .WithMessage($"El historial («history») admite a lo más {MaxTurns} turnos: envíe solo los últimos.");
            RuleForEach(body => body.History).Must(turn => turn is { Role: "user" or "assistant", Text: { Length: > 0 and <= MaxText } text } && IsPlain(text))
                .WithMessage($"Cada turno del historial («history») lleva «role» («user» o «assistant») y «text» de 1 a {MaxText} caracteres, sin caracteres de control.");
            RuleFor(body => body.AsOf).Must(text => string.IsNullOrWhiteSpace(text) || ReadDate(text) is { } date && date >= Earliest && date <= Latest)
                .WithMessage("La fecha («asOf») se escribe AAAA-MM-DD, por ejemplo 2025-03-01, entre 1821 y 2100.");
            RuleFor(body => body.State).Must(state => state is null || state.Length <= 60 && IsPlain(state))
                .WithMessage("El estado («state») es el nombre de una entidad federativa, de a lo más 60 caracteres.");
        }

        private static bool IsPlain(string? text) => text is null || !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
    }
}
