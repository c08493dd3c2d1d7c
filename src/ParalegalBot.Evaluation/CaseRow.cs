using ParalegalBot.Answering;

namespace ParalegalBot.Evaluation;

/// <summary>A case with the row of its answer, from this run or from a file of an earlier one: all that scorers read.</summary>
public record CaseRow(EvaluationCase Case, AnswerRow Row);

/// <summary>A case with what the assistant answered, and how it came about.</summary>
public sealed record CaseResult(EvaluationCase Case, Answer Answer, AnswerRow Row) : CaseRow(Case, Row);
