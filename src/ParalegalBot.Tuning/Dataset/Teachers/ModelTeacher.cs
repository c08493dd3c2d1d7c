using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>
/// Any engine as a teacher: first it writes questions on an article, with a few seed tasks as examples; then it answers each in the very form that the assistant asks of an engine,
/// with the article in view. Whatever it writes that is not the JSON asked for is no pair; a server that is busy is waited for.
/// </summary>
internal sealed class ModelTeacher(IChatClient engine, IReadOnlyList<SeedTask> seeds, TeacherMeter meter, int pairsPerArticle, TimeProvider clock) : ITeacher
{
    private const int SeedsShown = 4, Attempts = 6;

    private readonly Patient patient = new(engine, meter, clock);

    public string Origin => "model";

    public async Task<IReadOnlyList<TaughtQuestion>> AskAsync(Chunk chunk, CancellationToken cancellationToken)
    {
        var start = Fnv1a.Of(chunk.Key) % (uint)Math.Max(1, seeds.Count);
        var shown = Enumerable.Range(0, Math.Min(SeedsShown, seeds.Count)).Select(place => seeds[(int)((start + place * 41) % seeds.Count)]);
        var system = Prompt().Replace("{{seeds}}", string.Join('\n', shown.Select(seed => $"- ({seed.Form}, {seed.Style}) {seed.Question}")), StringComparison.Ordinal)
            .Replace("{{count}}", pairsPerArticle.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var response = await patient.GetResponseAsync(
            [new ChatMessage(ChatRole.System, system), new ChatMessage(ChatRole.User, string.Join('\n', chunk.Passages.Select(passage => passage.Introduction is { } introduction ? $"{introduction} {passage.Text}" : passage.Text)))],
            new ChatOptions { Temperature = 0.7f, ResponseFormat = ChatResponseFormat.Json }, cancellationToken).ConfigureAwait(false);
        return Read(response.Text);
    }

    public async Task<Draft?> AnswerAsync(Chunk chunk, TaughtQuestion question, CancellationToken cancellationToken)
    {
        var prompt = GroundedPrompt.Build(question.Text, [.. chunk.Passages.Select(passage => new ScoredPassage(passage, 1, new Dictionary<string, double>()))]);
        try
        {
            return await new DraftWriter(patient).WriteAsync(prompt, new Asker("dataset", null), cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private IReadOnlyList<TaughtQuestion> Read(string text)
    {
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (start < 0 || end < start) return [];
        try
        {
            return [.. (JsonSerializer.Deserialize<Answer>(text[start..(end + 1)])?.Questions ?? [])
                .Where(question => question is { Question.Length: > 0, Form.Length: > 0, Style: "lay" or "formal" }).Take(pairsPerArticle)
                .Select(question => new TaughtQuestion(question.Question!.Trim(), question.Form!, question.Style!, []))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Prompt()
    {
        using var stream = typeof(ModelTeacher).Assembly.GetManifestResourceStream("questions.txt") ?? throw new InvalidOperationException("No prompt questions.txt in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private sealed record Answer([property: JsonPropertyName("questions")] IReadOnlyList<Asked>? Questions);

    private sealed record Asked([property: JsonPropertyName("question")] string? Question, [property: JsonPropertyName("form")] string? Form, [property: JsonPropertyName("style")] string? Style);

    /// <summary>Meters every call, and waits longer each time a server says that it is too busy.</summary>
    private sealed class Patient(IChatClient inner, TeacherMeter meter, TimeProvider clock) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            for (var attempt = 1; ; attempt++)
            {
                meter.Check();
                try
                {
                    var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
                    meter.Add(response.Usage);
                    return response;
                }
                catch (Exception fault) when (IsBusy(fault))
                {
                    if (attempt == Attempts)
                        throw new ParalegalBotException($"El maestro sigue sin responder después de {Attempts} intentos ({fault.Message.TrimEnd('.')}); lo hecho quedó guardado: repita el comando más tarde y sigue donde iba.", fault);
                    await Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), clock, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception fault) when (fault is HttpRequestException or EngineUnavailableException)
                {
                    throw new ParalegalBotException($"El maestro no sirve ({fault.Message.TrimEnd('.')}); revise --teacher y repita el comando: sigue donde iba.", fault);
                }
            }
        }

        private static bool IsBusy(Exception fault) =>
            fault is EngineUnavailableException { Trouble: not EngineTrouble.Spent } or HttpRequestException { StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError };
    }
}
