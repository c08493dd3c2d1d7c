namespace ParalegalBot.Answering.Checks;

/// <summary>A model that says how surely a text entails a statement. Without one the lexical-semantic <see cref="SupportScore"/> decides.</summary>
public interface IEntailmentModel
{
    /// <summary>A claim below it is not supported; it belongs to the model, 0 to 1.</summary>
    double Limit { get; }

    /// <summary>Probability, 0 to 1, that the evidence entails the claim.</summary>
    double Score(string evidence, string claim);
}
