using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Conversations;
using ParalegalBot.Statutes;

namespace ParalegalBot.Records;

/// <summary>Stop 8: turns an answer into a row of the audit log. The question comes masked from the screen.</summary>
public sealed class AuditTrail(AuditLog log, StatuteStore store, IChatClient engine)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends the answer and gives it its id.</summary>
    public ValueTask<string> RecordAsync(Question question, Answer answer, CancellationToken cancellationToken)
    {
        var id = log.NewId();
        var json = AnswerJson.From(answer with { Id = id });
        log.Append(new AuditEntry
        {
            Id = id,
            Person = question.Person,
            Channel = question.Channel,
            Question = question.Text,
            Outcome = json.Outcome,
            Reason = json.Reason,
            Answer = JsonSerializer.Serialize(json, Json),
            Verdicts = answer.Trace is null ? "[]" : JsonSerializer.Serialize(answer.Trace.Verdicts.Select(verdict => new
            {
                text = verdict.Text, proved = verdict.Proved, support = verdict.Support, finding = verdict.Finding,
                passages = verdict.Citations.Select(citation => citation.Passage.Id),
            }), Json),
            Engine = (engine.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.ProviderName ?? engine.GetType().Name,
            Generation = store.Generation,
            Timings = JsonSerializer.Serialize(answer.Timings),
        });
        return ValueTask.FromResult(id);
    }
}
