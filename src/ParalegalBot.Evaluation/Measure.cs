namespace ParalegalBot.Evaluation;

/// <summary>A share under its fixed name, with the title that people read.</summary>
public sealed record Share(string Name, string Title, Wilson Value);

/// <summary>A mean under its fixed name, with the title that people read; NaN where nothing could be measured.</summary>
public sealed record Mean(string Name, string Title, double Value);
