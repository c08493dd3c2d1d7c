using ParalegalBot.Answering;

namespace ParalegalBot.Server.Operations;

/// <summary>
/// <see cref="LegalAssistant.AnswerAsync"/> as the doors see it. The assistant is sealed; through this one function a test can be slow,
/// fail, or say what no law says.
/// </summary>
public delegate Task<Answer> AnswerQuestion(Question question, IProgress<string>? progress, CancellationToken cancellationToken);
