using Microsoft.Extensions.AI;

namespace ParalegalBot.Tuning.Dataset.Teachers;

/// <summary>Counts what the teacher reads and writes, and stops before a call once the budget is used up.</summary>
internal sealed class TeacherMeter(DatasetOptions options)
{
    private long input, output;

    public long Input => Interlocked.Read(ref input);

    public long Output => Interlocked.Read(ref output);

    /// <summary>In the currency of the prices.</summary>
    public decimal Cost => (Input * options.InputPrice + Output * options.OutputPrice) / 1_000_000;

    /// <summary>Adds what an earlier run used.</summary>
    public void Add(long read, long written)
    {
        Interlocked.Add(ref input, read);
        Interlocked.Add(ref output, written);
    }

    public void Add(UsageDetails? usage) => Add(usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0);

    /// <summary>Called before each question to the teacher.</summary>
    /// <exception cref="ParalegalBotException">The budget is used up; what is done stays done.</exception>
    public void Check()
    {
        if ((options.TokenBudget > 0 && Input + Output >= options.TokenBudget) || (options.CostBudget > 0 && Cost >= options.CostBudget))
            throw new ParalegalBotException($"El presupuesto del maestro se agotó ({Input + Output} fichas, costo {Cost:0.00}); lo hecho quedó guardado: amplíe --token-budget o --cost-budget y repita el comando para seguir.");
    }
}
